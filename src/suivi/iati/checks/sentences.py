"""The sentences on failed checks, for people. Rows by the identifier of the check; families share theirs."""

from typing import NamedTuple

from suivi.values.messages import gettext_noop


class Told(NamedTuple):
    """What is wrong, and how to mend it. Both may name `value`, `path` and what the check adds."""

    what: str
    mend: str


CODED = Told(
    gettext_noop("“%(value)s” in %(path)s is not a code of the list %(list)s."),
    gettext_noop("Take a code of the list %(list)s; capitals, small letters and blanks count."),
)

_SHARE_EACH = gettext_noop("Give each of them a percentage, together 100.")
_SHARE_ONE = gettext_noop("Take the percentage away, or set it to 100.")
_SUM = gettext_noop("Correct the percentages until their sum is 100.")
_ONE_LEVEL = gettext_noop(
    "Keep them on the activity and take them out of the transactions, or the other way round."
)
_ALL_TRANSACTIONS = gettext_noop("Give it in each transaction, or once for the activity.")
_NAME_OR_REF = gettext_noop("Add the identifier of the organisation (ref), or its name (narrative).")
_DEFAULT_LANGUAGE = gettext_noop("Set xml:lang once on the whole record, or on each text.")
_DEFAULT_CURRENCY = gettext_noop("Set default-currency once on the whole record, or currency on each amount.")
_SWAP = gettext_noop("Look which of the two days is wrong; often they are exchanged.")
_FUTURE = gettext_noop("Look at the year. What is planned belongs in a planned date, budget or disbursement.")
_NUMBER = gettext_noop(
    "Write the figure only: digits and a decimal point, without unit and thousands separator."
)
_NO_VALUE = gettext_noop("Add the value; where it is not known yet, leave the whole element out.")
_QUALITATIVE = gettext_noop("Take the value away and describe the result in the comment.")

BY_CHECK = {
    "0.1.1": Told(
        gettext_noop("The file is not well-formed XML, so nothing behind this line was read: %(message)s."),
        gettext_noop("Look at this line and the one before it: a tag that is not closed, or a bare & or <."),
    ),
    "0.2.1": Told(
        gettext_noop("This is not an IATI file: it begins with <%(root)s>."),
        gettext_noop("An IATI file begins with <iati-activities> or <iati-organisations>."),
    ),
    "0.6.1": Told(
        gettext_noop(
            "The file says that it is of version “%(version)s” of the standard, which is not in use."
        ),
        gettext_noop("Set version to 2.03 on the first tag; version 1 files have to be converted."),
    ),
    "1.1.2": Told(
        gettext_noop("The identifier “%(value)s” is used %(count)s times. Each record needs its own."),
        gettext_noop("Take the repeated record out, or give it its own identifier."),
    ),
    "1.1.3": Told(
        gettext_noop(
            "The activity has the identifier of its organisation (“%(value)s”), or names one twice."
        ),
        gettext_noop("Add a hyphen and the number of the activity to the identifier of the organisation."),
    ),
    "1.1.21": Told(
        gettext_noop(
            "The identifier “%(value)s” does not begin with the one of the reporting organisation "
            "(“%(allowed)s”)."
        ),
        gettext_noop(
            "Begin it with the organisation’s identifier and a hyphen, or name the earlier one (type B1)."
        ),
    ),
    "2.1.1": Told(
        gettext_noop("There are several sectors of one vocabulary, and not each has a percentage."),
        _SHARE_EACH,
    ),
    "2.1.2": Told(
        gettext_noop("The percentages of the sectors of one vocabulary make %(sum)s, not 100."), _SUM
    ),
    "2.1.4": Told(
        gettext_noop("The only sector of its vocabulary has a percentage other than 100."), _SHARE_ONE
    ),
    "2.2.1": Told(
        gettext_noop("A sector of the organisation’s own vocabulary (98 or 99) has no name."),
        gettext_noop("Add a narrative that says what the code means."),
    ),
    "3.1.1": Told(
        gettext_noop("There are several recipient countries, and not each has a percentage."), _SHARE_EACH
    ),
    "3.1.2": Told(gettext_noop("The percentages of the recipient countries make %(sum)s, not 100."), _SUM),
    "3.1.4": Told(gettext_noop("The only recipient country has a percentage other than 100."), _SHARE_ONE),
    "3.4.1": Told(
        gettext_noop("There are several recipient regions, and not each has a percentage."), _SHARE_EACH
    ),
    "3.4.2": Told(
        gettext_noop("The percentages of recipient countries and regions make %(sum)s, not 100."), _SUM
    ),
    "3.4.4": Told(gettext_noop("The only recipient region has a percentage other than 100."), _SHARE_ONE),
    "3.6.2": Told(
        gettext_noop("Countries or regions are given for the activity and again in its transactions."),
        _ONE_LEVEL,
    ),
    "3.7.1": Told(gettext_noop("No recipient country or region is given at all."), _ALL_TRANSACTIONS),
    "3.7.2": Told(
        gettext_noop("A transaction has no recipient country or region, and the activity has none either."),
        _ALL_TRANSACTIONS,
    ),
    "4.1.1": Told(
        gettext_noop("The language of some texts is not given, and the activity has no default."),
        _DEFAULT_LANGUAGE,
    ),
    "4.3.1": Told(gettext_noop("A title is empty."), gettext_noop("Add a narrative with the title.")),
    "4.4.1": Told(
        gettext_noop("A description is empty."),
        gettext_noop("Add a narrative with the text, or leave the description out where it may be left out."),
    ),
    "4.5.1": Told(
        gettext_noop("The language of some texts is not given, and the organisation has no default."),
        _DEFAULT_LANGUAGE,
    ),
    "6.2.2": Told(
        gettext_noop("The activity has no sector, neither itself nor in its transactions."),
        gettext_noop("Add at least one sector, best of vocabulary 1 (OECD DAC)."),
    ),
    "6.6.2": Told(
        gettext_noop("Sectors are given for the activity and again in its transactions."), _ONE_LEVEL
    ),
    "6.7.2": Told(gettext_noop("Some transactions have a sector and some have none."), _ALL_TRANSACTIONS),
    "6.8.1": Told(
        gettext_noop("The owner of another identifier has neither identifier nor name."), _NAME_OR_REF
    ),
    "6.9.1": Told(gettext_noop("A provider organisation has neither identifier nor name."), _NAME_OR_REF),
    "6.9.2": Told(gettext_noop("A receiver organisation has neither identifier nor name."), _NAME_OR_REF),
    "6.10.1": Told(
        gettext_noop("A participating organisation has neither identifier nor name."), _NAME_OR_REF
    ),
    "6.11.1": Told(
        gettext_noop("The activity has no start date, neither planned nor actual."),
        gettext_noop("Add an activity-date of type 1 (planned start) or 2 (actual start)."),
    ),
    "6.13.1": Told(
        gettext_noop("A policy marker of the organisation’s own vocabulary (99) has no name."),
        gettext_noop("Add a narrative that says what the marker means."),
    ),
    "6.14.1": Told(
        gettext_noop("A policy marker has no significance."),
        gettext_noop("Add significance: 0 is not targeted, 1 significant, 2 principal objective."),
    ),
    "7.5.3": Told(
        gettext_noop("The budget period from %(other)s to %(value)s is longer than a year."),
        gettext_noop("Split the budget by years."),
    ),
    "7.8.1": Told(
        gettext_noop("The currency of some amounts is not given, and the activity has no default."),
        _DEFAULT_CURRENCY,
    ),
    "7.8.2": Told(
        gettext_noop("The currency of some amounts is not given, and the organisation has no default."),
        _DEFAULT_CURRENCY,
    ),
    "7.9.1": Told(gettext_noop("There are several budget items, and none has a percentage."), _SHARE_EACH),
    "7.9.2": Told(gettext_noop("The percentages of the budget items make %(sum)s, not 100."), _SUM),
    "7.9.4": Told(gettext_noop("The only budget item has a percentage other than 100."), _SHARE_ONE),
    "8.6.1": Told(
        gettext_noop("A period of an indicator starts on %(value)s, after its end on %(other)s."), _SWAP
    ),
    "8.6.3": Told(gettext_noop("A period starts on %(value)s, after its end on %(other)s."), _SWAP),
    "8.8.1": Told(
        gettext_noop("A baseline has no value, though its indicator is measured in figures."), _NO_VALUE
    ),
    "8.8.2": Told(
        gettext_noop(
            "The baseline “%(value)s” is not a number, though its indicator is measured in figures."
        ),
        _NUMBER,
    ),
    "8.8.3": Told(
        gettext_noop("The baseline has the value “%(value)s”, though its indicator is qualitative."),
        _QUALITATIVE,
    ),
    "8.9.1": Told(
        gettext_noop("A target has no value, though its indicator is measured in figures."), _NO_VALUE
    ),
    "8.9.2": Told(
        gettext_noop("The target “%(value)s” is not a number, though its indicator is measured in figures."),
        _NUMBER,
    ),
    "8.9.3": Told(
        gettext_noop("The target has the value “%(value)s”, though its indicator is qualitative."),
        _QUALITATIVE,
    ),
    "8.10.1": Told(
        gettext_noop("An actual result has no value, though its indicator is measured in figures."), _NO_VALUE
    ),
    "8.10.2": Told(
        gettext_noop(
            "The actual result “%(value)s” is not a number, though its indicator is measured in figures."
        ),
        _NUMBER,
    ),
    "8.10.3": Told(
        gettext_noop("The actual result has the value “%(value)s”, though its indicator is qualitative."),
        _QUALITATIVE,
    ),
    "8.11.1": Told(
        gettext_noop("A result and its indicator both have a reference."),
        gettext_noop("Keep the references on the result or on the indicators, not on both."),
    ),
    "11.1.1": Told(
        gettext_noop("The activity was last updated on %(value)s, which lies in the future."), _FUTURE
    ),
    "11.1.2": Told(gettext_noop("The planned start %(value)s is after the planned end %(other)s."), _SWAP),
    "11.1.3": Told(gettext_noop("The actual start %(value)s is after the actual end %(other)s."), _SWAP),
    "11.1.4": Told(gettext_noop("The actual start %(value)s lies in the future."), _FUTURE),
    "11.1.5": Told(gettext_noop("The actual end %(value)s lies in the future."), _FUTURE),
    "11.2.1": Told(gettext_noop("A transaction is dated %(value)s, which lies in the future."), _FUTURE),
    "11.2.2": Told(
        gettext_noop("The value of a transaction is dated %(value)s, which lies in the future."), _FUTURE
    ),
    "11.3.1": Told(
        gettext_noop("A budget line is dated %(value)s, outside the period of its budget."),
        gettext_noop("Set value-date to a day within the period, or correct the period."),
    ),
    "11.4.1": Told(
        gettext_noop("The organisation was last updated on %(value)s, which lies in the future."), _FUTURE
    ),
    "102.1.1": Told(
        gettext_noop("The activity has sectors of other vocabularies, but none of vocabulary 1 (OECD DAC)."),
        gettext_noop("Add the sector of vocabulary 1, too."),
    ),
    "107.1.1": Told(
        gettext_noop(
            "The activity has default aid types of other vocabularies, but none of vocabulary 1 (OECD DAC)."
        ),
        gettext_noop("Add the aid type of vocabulary 1, too."),
    ),
    "107.1.2": Told(
        gettext_noop("The activity has several default aid types of one vocabulary."),
        gettext_noop("Keep one of each vocabulary."),
    ),
    "107.2.1": Told(
        gettext_noop(
            "Transactions have aid types of other vocabularies, but none of vocabulary 1 (OECD DAC)."
        ),
        gettext_noop("Add the aid type of vocabulary 1, too."),
    ),
    "107.2.2": Told(
        gettext_noop("A transaction has several aid types of one vocabulary."),
        gettext_noop("Keep one of each vocabulary."),
    ),
}

# By the end of an identifier (1.x.KIND) or by its beginning.
FAMILIES = {
    "1.1": Told(
        gettext_noop("There are blanks or line breaks before or behind “%(value)s” in %(path)s."),
        gettext_noop("Take them away; systems compare identifiers letter by letter."),
    ),
    "1.8": Told(
        gettext_noop("“%(value)s” in %(path)s does not begin with the code of a registration agency."),
        gettext_noop("Use the identifier of the organisation as registered, such as XM-DAC-41302."),
    ),
    "1.13": Told(
        gettext_noop("“%(value)s” in %(path)s has one of the signs / & | ? inside."),
        gettext_noop("Leave these signs out of identifiers."),
    ),
    "12": Told(
        gettext_noop("The percentage %(value)s in %(path)s is not between 0 and 100."),
        gettext_noop("Write a figure from 0 to 100, without the sign %%."),
    ),
    "1000": Told(
        gettext_noop("The activity “%(value)s” that %(path)s refers to is not in this file."),
        gettext_noop(
            "Look whether it is written as its publisher writes it. This is a notice, not an error."
        ),
    ),
}
