"""What Greenroom is deployed by: each file is right by the linter or the schema of whoever reads it."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
PROGRAMS = Path(sys.executable).parent
UNITS = sorted((ROOT / "examples" / "systemd").glob("greenroom-*"))
MANIFESTS = ROOT / "examples" / "kubernetes" / "greenroom.yaml"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def passes(program: str, *arguments: "str | Path") -> None:
    command = [str(PROGRAMS / program), *map(str, arguments)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_image_is_built_by_the_book() -> None:
    """Hadolint has nothing to say of the Dockerfile, and what it copies is there and let through."""
    passes("hadolint", "Dockerfile")
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--)(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert set(copied) - {"."} <= let_through
    assert all((ROOT / name).exists() for name in let_through)


def test_what_is_installed_in_the_image_is_what_is_tested() -> None:
    """Its lock names no version that the lock of the tests does not."""
    versions = [
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements-runtime.lock", "requirements.lock")
    ]
    assert versions[0]
    assert versions[0] <= versions[1]


def test_compose_keeps_to_its_specification() -> None:
    """Every image has a version, every service that goes on is asked how it is, and no secret stands in the file."""
    passes("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml")
    for service in COMPOSE["services"].values():
        assert re.search(r":\d[\w.-]*$", service["image"])
        assert "healthcheck" in service or service["image"].startswith("greenroom:")
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    told = set(re.findall(r"^(\w+)=$", (ROOT / "compose.env.example").read_text(), re.MULTILINE))
    assert asked == told


def test_workflows_keep_to_their_schema_and_give_nothing_away() -> None:
    """GitHub reads them, and zizmor finds no way in."""
    passes("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    passes("zizmor", "--offline", "--no-progress", "--quiet", *WORKFLOWS)


def test_manifests_keep_to_kubernetes_schemas() -> None:
    """And so does the job that the pool's template makes of a run."""
    passes("kubernetes-validate", "--strict", "--quiet", MANIFESTS)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_what_systemd_reads(unit: Path, tmp_path: Path) -> None:
    """Each option is known, and its value right; the programs are only there once they are installed."""
    if (analyze := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd-analyze is not installed")
    for other in UNITS:
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", other.read_text(), flags=re.MULTILINE)
        (tmp_path / other.name).write_text(text)
    command = [analyze, "verify", "--man=no", str(tmp_path / unit.name)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in ran.stderr.splitlines() if unit.name in line]
    assert told == []


def test_a_server_that_has_ended_is_not_waited_for() -> None:
    """systemd waits for what follows a start, also where the server itself is gone, and starts it again after that."""
    unit = (ROOT / "examples" / "systemd" / "greenroom-server.service").read_text().replace("\\\n", " ")
    (waiting,) = re.findall(r"^ExecStartPost=(.+)$", unit, re.MULTILINE)
    words = shlex.split(waiting.replace("$$", "$").replace(".venv/bin/python", sys.executable))
    told = {"PREFECT_API_URL": "http://127.0.0.1:1/api", "MAINPID": str(1 << 30)}  # more than any system's processes
    assert subprocess.run(words, cwd=ROOT, env=told, capture_output=True, timeout=60, check=False).returncode == 1


def test_systemd_and_a_shell_read_the_environment_alike() -> None:
    """What a shell would take apart stands in single quotes, of which systemd knows the same as a shell."""
    example = ROOT / "examples" / "systemd" / "environment.example"
    set_here = re.findall(r"^#?(\w+)=(.*)$", example.read_text(), re.MULTILINE)
    assert all(re.fullmatch(r"'[^']*'|[\w:/@.,?=-]*", value) for _, value in set_here)
    ran = subprocess.run(
        ["/bin/sh", "-euc", f"set -a; . {example}; env -0"], capture_output=True, text=True, check=True
    )
    told = dict(line.partition("=")[::2] for line in ran.stdout.split("\0"))
    assert told["GREENROOM_NOTIFY"].endswith("?to=team@example.com json://hooks.example.com/staging")


def test_what_a_service_writes_is_where_it_may() -> None:
    """Prefect's server writes its page to its own folder: the image and the units leave it no other."""
    page = "PREFECT_SERVER_UI_STATIC_DIRECTORY=/var/lib/greenroom/prefect/page"
    assert page in (ROOT / "Dockerfile").read_text()
    assert f"Environment={page}" in (ROOT / "examples" / "systemd" / "greenroom-server.service").read_text()


def job_of(template: dict[str, Any]) -> dict[str, Any]:
    """The manifest that Prefect makes of the template, with its defaults and a run's own values."""
    fields = template["variables"]["properties"].items()
    values: dict[str, Any] = {name: field["default"] for name, field in fields if "default" in field}
    values |= {"name": "run", "labels": {}, "env": {}, "command": "prefect flow-run execute"}
    text = json.dumps(template["job_configuration"]["job_manifest"])
    for name, value in values.items():
        text = text.replace(f'"{{{{ {name} }}}}"', json.dumps(value)).replace(f"{{{{ {name} }}}}", str(value))
    manifest: dict[str, Any] = json.loads(text)
    return manifest


def test_a_run_of_the_pool_is_a_job_that_kubernetes_takes(tmp_path: Path) -> None:
    """By its schema, once Prefect's worker has put the variables and the words of the command in."""
    template = json.loads((ROOT / "examples" / "kubernetes" / "job-template.json").read_text())
    job = job_of(template)
    container = job["spec"]["template"]["spec"]["containers"][0]
    container["args"], container["env"] = container["args"].split(), []
    (tmp_path / "job.yaml").write_text(yaml.safe_dump(job))
    passes("kubernetes-validate", "--strict", "--quiet", tmp_path / "job.yaml")
    assert "{{" not in json.dumps(job)


ASKED = (
    ({"JOB": "refresh", "SCENARIO": "agency"}, "deployment run refresh-staging/weekly --param scenario=agency --watch"),
    ({"JOB": "reseed"}, "deployment run reseed-staging/on-demand --watch"),
    ({"JOB": "reseed-from-golden"}, "deployment run reseed-staging/on-demand --param from_golden=true --watch"),
    ({"JOB": "backup", "SCENARIO": "as the settings say"}, "deployment run back-up-staging/daily --watch"),
    ({"JOB": "backup", "SCENARIO": "agency"}, ""),
    ({"JOB": "reseed", "SCENARIO": "x --param seed=1"}, ""),
    ({"JOB": "drop"}, ""),
    ({"JOB": "reseed", "PREFECT_API_URL": ""}, ""),
)


@pytest.mark.parametrize(("asked", "run"), ASKED)
def test_the_workflow_asks_for_the_deployment_that_was_chosen(asked: dict[str, str], run: str, tmp_path: Path) -> None:
    """In the words of Prefect's command line; what is no job and no scenario is not handed on."""
    (tmp_path / "prefect").write_text('#!/bin/sh\necho "$@"\n')
    (tmp_path / "prefect").chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PREFECT_API_URL": "http://127.0.0.1:1/api"}
    ran = subprocess.run(
        [ROOT / ".github" / "run-deployment"], env=environment | asked, capture_output=True, text=True, check=False
    )
    assert (ran.stdout.strip(), ran.returncode) == (run, 0 if run else 2)


def test_the_workflow_offers_what_there_is() -> None:
    """Each scenario of ours, and each job that the script knows."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "staging.yml").read_text())
    inputs = workflow[True]["workflow_dispatch"]["inputs"]  # YAML reads the word `on` as true
    scenarios = {path.stem for path in (ROOT / "operations" / "scenarios").glob("*.toml")}
    assert set(inputs["scenario"]["options"]) == scenarios | {"as the settings say"}
    script = (ROOT / ".github" / "run-deployment").read_text()
    assert all(f"\n    {job})" in script for job in inputs["job"]["options"])
