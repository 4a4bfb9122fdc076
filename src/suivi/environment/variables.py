"""The one table of the variables that configure an installation.

`docs/reference/settings.md` is written from it, and a test holds the two together.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what holds without it (in words), and what it means."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "SUIVI_DATA_DIR",
        "`var` in a source checkout, else `$XDG_DATA_HOME/suivi` or `~/.local/share/suivi`",
        "Folder for what an installation keeps: its SQLite files, stored files, drawn charts, static files "
        "and the secret key. Made when it is missing.",
    ),
    Variable(
        "SUIVI_DATABASE_URL",
        "`suivi.sqlite3` in the data folder (`demo.sqlite3` for the demonstration)",
        "`sqlite:///FILE` (relative to the current folder; four slashes for an absolute path) or "
        "`postgresql://USER:PASSWORD@HOST:PORT/NAME?OPTION=VALUE`. A Unix socket is named by "
        "`?host=/run/postgresql`; further options (`sslmode`, `connect_timeout` ...) go to the driver. "
        "Write `%40` for `@` and `%2F` for `/` in a password.",
    ),
    Variable(
        "SUIVI_FILES_DIR",
        "`files` in the data folder (`demo-files` for the demonstration)",
        "Folder of the stored files (evidence, adopted documents). A backup takes the database first, then "
        "this folder.",
    ),
    Variable(
        "SUIVI_EVIDENCE_MEGABYTES",
        "`25`",
        "The largest file that is taken as evidence.",
    ),
    Variable(
        "SUIVI_COUNTRIES",
        "the list that comes with suivi (an invented one for the demonstration)",
        "File with the organisation's own list of countries: names in each language, regions, places on the "
        "map, first and last days, and the sentence under each map. `suivi doctor` says which list is in use "
        "and of which day; the list that comes with suivi, `suivi/places/countries.toml`, says at its head "
        "how such a file is written.",
    ),
    Variable(
        "SUIVI_SECRET_KEY",
        "made once, kept in `secret-key` in the data folder, readable by its owner only",
        "The key that signs sessions. Give the same one to every process of an installation that runs on "
        "more than one machine.",
    ),
    Variable(
        "SUIVI_HOSTS",
        "`localhost,127.0.0.1,[::1]`",
        "Names under which the pages may be asked for, separated by commas.",
    ),
    Variable(
        "SUIVI_SECURE",
        "`0`",
        "`1` where a proxy in front speaks HTTPS and sets `X-Forwarded-Proto` (and removes what a visitor "
        "sends under that name): cookies travel by HTTPS only, plain requests are sent on, and browsers "
        "remember to use HTTPS for a year.",
    ),
    Variable(
        "SUIVI_LANGUAGES",
        "`en,fr,es`",
        "Languages of the interface and of the contents, the first being the one to fall back to.",
    ),
    Variable(
        "SUIVI_DOCX_TEMPLATE",
        "our own look",
        "A DOCX file of the organisation: Word files take its styles (by their names, such as `heading 1`, "
        "`Numbered Paragraph`, `Table Text`), heads and feet with their pictures, page and theme. What "
        "stands in its body is left out; `{{provenance}}` there asks for it at the end of each report.",
    ),
    Variable(
        "SUIVI_TYPOGRAPHY",
        "the forms of the adopted document",
        "A YAML file with the organisation's own forms, language by language: `open_quote`, `close_quote`, "
        "`before_colon` (also before ; ? !), `apostrophe`, `decimal_mark`, `thousands_mark`, "
        "`per_cent_words`, `per_cent_sign`, `years_dash`, `biennium_digits`. What it leaves out stays.",
    ),
    Variable(
        "SUIVI_TIME_ZONE",
        "`UTC`",
        "Time zone, by its IANA name such as `Europe/Zurich`, in which days begin and moments are shown.",
    ),
    Variable(
        "SUIVI_ADDRESS",
        "`http://127.0.0.1:8000`",
        "The address of the pages as people reach them, without a slash at its end; for mails and calendars.",
    ),
    Variable(
        "SUIVI_MAIL_URL",
        "none: mails are written and wait",
        "The mail server: `smtp://USER:PASSWORD@HOST:PORT` (with STARTTLS; `?starttls=0` without), "
        "`smtps://...` (TLS from the first byte), or `file:///FOLDER`, which keeps each mail as a file.",
    ),
    Variable(
        "SUIVI_MAIL_FROM",
        "`suivi@localhost`",
        "The address from which mails are sent.",
    ),
    Variable(
        "SUIVI_NOW",
        "the clock (`2023-02-15` for the demonstration)",
        "A day or a moment in ISO form that takes the place of the clock, for tests and demonstrations. A "
        "day stands for its noon; a moment without an offset is one of SUIVI_TIME_ZONE.",
    ),
    Variable(
        "SUIVI_DEMONSTRATION",
        "`1` as long as only `suivi demo` has made a database here, else `0`",
        "`1` works on the demonstration in the data folder. `suivi demo` sets it to `1`, `suivi init` "
        "to `0`.",
    ),
    Variable(
        "SUIVI_DEBUG",
        "`0`",
        "`1` shows the inside of an error on the page. Never where others can reach the server.",
    ),
)

BY_NAME = {variable.name: variable for variable in VARIABLES}
