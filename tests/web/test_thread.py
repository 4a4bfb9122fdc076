"""The thread of a deliverable, and support answered where it was asked."""

from django.urls import reverse

from suivi.monitoring.models import Comment, Support
from suivi.monitoring.rules.content import SupportSaid
from tests.cast import DAY, NOW, SLUG
from tests.monitoring.scene import Scene
from tests.web.conftest import SignedIn

DELIVERABLE = f"/plans/{SLUG}/deliverables/1.1.2"


def test_a_remark_stands_on_the_page_and_tells_whom_it_mentions(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.director)
    response = client.post(f"{DELIVERABLE}/thread", {"text": "@Remi Sallow, the guide <b>is</b> late."})
    assert response.headers["Location"] == f"{DELIVERABLE}#thread"
    html = client.get(DELIVERABLE).content.decode()
    assert "the guide &lt;b&gt;is&lt;/b&gt; late." in html
    assert list(Comment.objects.get().mentions.all()) == [scene.cast.reviewer]


def test_an_empty_remark_is_refused_in_words(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.director)
    html = client.post(f"{DELIVERABLE}/thread", {"text": " "}, follow=True).content.decode()
    assert "The remark says nothing." in html


def test_an_earlier_day_shows_the_thread_of_then(scene: Scene, as_person: SignedIn) -> None:
    Comment.objects.create(
        deliverable=scene.cast.deliverable("1.1.2"), at=NOW, by=scene.cast.director, text="Said today."
    )
    client = as_person(scene.cast.director)
    assert "Said today." in client.get(DELIVERABLE).content.decode()
    html = client.get(f"{DELIVERABLE}?as_of=2023-02-14").content.decode()
    assert "Said today." not in html
    assert "thread-text" not in html


def test_those_outside_see_no_thread(scene: Scene, as_person: SignedIn) -> None:
    for who in (None, scene.cast.public_reader):
        assert 'id="thread"' not in as_person(who).get(DELIVERABLE).content.decode()


def test_support_is_answered_on_the_page_where_it_was_asked(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted(support=(SupportSaid("Oil", "headquarters", DAY),))
    asked = Support.objects.get()
    address = reverse("answer-support", args=[asked.pk])
    back = f"{reverse('update', args=[update.key])}#support"
    client = as_person(scene.office)
    assert client.get(reverse("update", args=[update.key])).status_code == 200, "who is asked reads it"
    response = client.post(address, {"answer": "Ten barrels in March.", "next": back})
    assert response.headers["Location"] == back
    html = as_person(scene.cast.director).get(reverse("update", args=[update.key])).content.decode()
    assert "Ten barrels in March." in html
    assert "Answered by Hedda Quay" in html


def test_others_do_not_answer(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted(support=(SupportSaid("Oil", "region", DAY),))
    address = reverse("answer-support", args=[Support.objects.get().pk])
    assert as_person(scene.cast.focal_point).post(address, {"answer": "No"}).status_code == 404
    assert as_person(scene.cast.reviewer).post(address, {"answer": "No"}).status_code == 403
    assert Support.objects.get().answered_at is None


def test_an_empty_answer_is_refused_in_words(scene: Scene, as_person: SignedIn) -> None:
    scene.submitted(support=(SupportSaid("Oil", "region", DAY),))
    address = reverse("answer-support", args=[Support.objects.get().pk])
    html = as_person(scene.cast.director).post(address, {"answer": ""}, follow=True).content.decode()
    assert "The answer is empty." in html
