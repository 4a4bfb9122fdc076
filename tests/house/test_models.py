import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command


def _rooms_from_below(root: Path) -> list[str]:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [f"suivi.{room.strip()}" for layer in reversed(layers) for room in layer.split("|")]


def test_no_relation_points_to_a_room_above(root: Path) -> None:
    order = _rooms_from_below(root)
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("suivi.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if (target := apps.get_containing_app_config(field.related_model.__module__))
        if target.name in order
        if order.index(target.name) > order.index(apps.get_app_config(model._meta.app_label).name)
    ]
    assert upward == []


def test_every_room_with_models_has_its_place(root: Path) -> None:
    ours = {config.name for config in apps.get_app_configs() if config.name.startswith("suivi.")}
    assert ours <= set(_rooms_from_below(root))


def test_every_room_with_models_is_installed(root: Path) -> None:
    found = {f"suivi.{path.parent.name}" for path in (root / "src" / "suivi").glob("*/apps.py")}
    assert found == {config.name for config in apps.get_app_configs() if config.name.startswith("suivi.")}


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
