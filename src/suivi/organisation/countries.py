"""The organisation's own list of countries and regions: the one that SUIVI_COUNTRIES names, or ours."""

from django.conf import settings

from suivi.places.countries import CountryList, read_countries


def countries_in_use() -> CountryList:
    """The list in use, read once in each process. Raises InputRefused where it cannot be read."""
    return read_countries(settings.SUIVI_COUNTRIES)
