from datetime import date

import pytest

from suivi.workbooks.periods import period_end


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("2022-06-30", date(2022, 6, 30)),
        ("30/06/2022", date(2022, 6, 30)),
        ("2022-06", date(2022, 6, 30)),
        ("06/2022", date(2022, 6, 30)),
        ("Progress to June 2022", date(2022, 6, 30)),
        ("juin 2022", date(2022, 6, 30)),
        ("Avance a junio de 2022", date(2022, 6, 30)),
        ("Dec-21", date(2021, 12, 31)),
        ("févr. 2024", date(2024, 2, 29)),
        ("juillet 2021", date(2021, 7, 31)),
        ("Q2 2021", date(2021, 6, 30)),
        ("2021 Q4", date(2021, 12, 31)),
        ("3e trimestre 2021", date(2021, 9, 30)),
        ("H1 2021", date(2021, 6, 30)),
        ("2e semestre 2021", date(2021, 12, 31)),
        ("First half of 2022", date(2022, 6, 30)),
        ("segundo semestre 2022", date(2022, 12, 31)),
        ("2021", date(2021, 12, 31)),
        ("Status at the end of 2021", date(2021, 12, 31)),
        ("Comments", None),
        ("31/02/2022", None),
        ("No. 12021", None),
        ("", None),
    ],
)
def test_the_last_day_of_the_period_that_a_heading_names(heading: str, day: date | None) -> None:
    assert period_end(heading) == day
