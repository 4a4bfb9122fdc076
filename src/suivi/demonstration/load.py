"""Loading the demonstration: all of it or nothing, and only once."""

from django.db import transaction

from suivi.demonstration.cast import tell_deputies, tell_organisation, tell_roles
from suivi.demonstration.data_files import read
from suivi.demonstration.editions import tell_editions
from suivi.demonstration.kept import forget
from suivi.demonstration.learning import tell_learning
from suivi.demonstration.management import tell_management
from suivi.demonstration.paper import tell_paper
from suivi.demonstration.proof import tell_withdrawals
from suivi.demonstration.rounds import tell_rounds
from suivi.demonstration.sample import tell_sample
from suivi.demonstration.sheets import tell_sheets
from suivi.demonstration.story import Progress, Story
from suivi.demonstration.talk import tell_talk
from suivi.demonstration.updates import Record
from suivi.plan.models import Plan


@transaction.atomic
def load_demonstration(progress: Progress = lambda _done, _all: None) -> bool:
    """Write the demonstration through the same commands as the pages; False if it is there already."""
    if Plan.objects.filter(slug=read("decisions.yaml")["plan"]).exists():
        return False
    story = Story()
    tell_organisation(story)
    tell_editions(story)
    tell_roles(story)
    tell_management(story)
    tell_deputies(story)
    tell_sheets(story)
    record = Record()
    tell_rounds(story, record)
    tell_withdrawals(story, record.evidence)
    tell_talk(story)
    tell_learning(story, record)
    tell_paper(story)
    tell_sample(story)
    forget()
    story.play(progress)
    return True
