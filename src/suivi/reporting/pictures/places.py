"""The map of reported activity, by the organisation's own list of countries."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.monitoring.rules.activity import Activity
from suivi.places.countries import CountryList, in_language
from suivi.render.tilemap import MapPlace, MapRow, draw_map, table_of_map
from suivi.reporting.pictures.picture import Numbers, Picture, Setting, Value, drawn_each


def map_picture(
    activity: Activity, known: CountryList, setting: Setting, region_name: Callable[[str], str]
) -> Picture:
    """Counted items by country and region. `region_name` names a region that the list does not have."""
    language = setting.language

    def region(key: str) -> str:
        return known.region_name(key, language) if key in known.regions else region_name(key)

    places = [
        MapPlace(
            one.code,
            one.name(language),
            region(one.region) if one.region else "",
            activity.countries.get(one.code, 0),
            one.tile,
        )
        for one in known.on(setting.up_to)
    ]
    keys = [*known.regions, *sorted(set(activity.regions) - set(known.regions))]
    regions = [MapRow(region(key), activity.regions.get(key, 0)) for key in keys]
    unrecognized = [MapRow(word, count) for word, count in activity.unrecognized.items()]
    title, note = _title(activity), in_language(known.disclaimer, language)
    return Picture(
        name="map",
        title=title,
        alt=_alt(known),
        numbers=_numbers(places, regions, unrecognized),
        table=table_of_map(
            places, unrecognized, regions=regions, caption=title, heads=(_("Country"), _("Counted items")),
            language=language, typography=setting.typography,
        ),
        setting=setting,
        source=_source(activity, known, setting),
        draw=drawn_each(
            lambda width: draw_map(
                places, title=title, language=language, regions=regions, unrecognized=unrecognized,
                note=note, shape=known.shape, width=width, typography=setting.typography,
            )
        ),
    )  # fmt: skip


def _numbers(
    places: Sequence[MapPlace], regions: Sequence[MapRow], unrecognized: Sequence[MapRow]
) -> Numbers:
    """Regions and countries that count as rows of a file, and then what was not recognized."""
    rows: list[list[Value]] = [[row.label, None, None, row.count] for row in regions if row.count]
    rows += [[place.region, place.name, place.code, place.count] for place in places if place.count]
    rows += [[None, row.label, None, row.count] for row in unrecognized]
    return Numbers([_("Region"), _("Country"), _("Code"), _("Counted items")], rows)


def _alt(known: CountryList) -> str:
    if known.shape == "circles":
        return _("A circle for each country, larger where there is more; the table holds the numbers.")
    return _("A tile for each country, darker where there is more; the table holds the numbers.")


def _title(activity: Activity) -> str:
    if not activity.countries and not activity.unrecognized:
        return _("No counted item names a country yet")
    placed = activity.items - activity.nowhere
    countries, regions = len(activity.countries), sum(1 for count in activity.regions.values() if count)
    return _("%(items)s in %(countries)s and %(regions)s") % {
        "items": ngettext("%(n)s counted item", "%(n)s counted items", placed) % {"n": placed},
        "countries": ngettext("%(n)s country", "%(n)s countries", countries) % {"n": countries},
        "regions": ngettext("%(n)s region", "%(n)s regions", regions) % {"n": regions},
    }


def _source(activity: Activity, known: CountryList, setting: Setting) -> str:
    """Both days, the day of the list, and what the numbers do not say by themselves."""
    said = [
        _("list of countries of %(day)s") % {"day": setting.typography.day(known.day)},
        _("an item counts once in each of its countries and in each of its regions"),
    ]
    if activity.nowhere:
        said.append(
            ngettext("%(n)s item names no place", "%(n)s items name no place", activity.nowhere)
            % {"n": activity.nowhere}
        )
    return setting.source_with(*said)
