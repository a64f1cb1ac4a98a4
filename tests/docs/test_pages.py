"""Every command that the documentation shows is run, and prints what the page says."""

import os
import re
from pathlib import Path

import pytest

from tests.docs.console import ROOT, Block, Shell, agrees, blocks, failures, steps, story, updated

PAGES = ("README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#([^)]*))?\)")


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_what_happens(page: str) -> None:
    with story() as folder:
        found = list(failures((ROOT / page).read_text(encoding="utf-8"), folder))
    assert not found, "\n\n".join(map(str, found))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        there = (path.parent / target).resolve()
        assert there.exists(), f"{page} links to {target}"
        if anchor:
            assert anchor in anchors(there.read_text(encoding="utf-8")), f"{page} links to {target}#{anchor}"


def anchors(page: str) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.+)$", page)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_page_names_a_folder_of_this_machine() -> None:
    for page in PAGES:
        assert str(ROOT) not in (ROOT / page).read_text(encoding="utf-8")
        assert os.environ.get("HOME", "/root") + "/" not in (ROOT / page).read_text(encoding="utf-8")


def test_ci_does_what_the_readme_says() -> None:
    readme, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", ".ci/run"))
    commands = re.findall(r"(?m)^python3 -m venv \.venv && (.+)$", readme)
    assert len(commands) == 2
    for part in " && ".join(commands).split(" && "):
        program, *arguments = part.removeprefix(".venv/bin/").split()
        last = re.escape(arguments[-1].removeprefix("docs/"))
        assert re.search(rf'(?m)^step .*/bin/{program}"? .*{last}( |$)', ci), f"{part} is not in .ci/run"


# the runner itself


def test_a_block_ends_at_a_fence_as_long_as_its_own() -> None:
    page = "text\n````markdown a.md\n```given\nx\n```\n````\n```console\n$ true\n```\n"
    assert list(blocks(page)) == [Block("markdown a.md", "```given\nx\n```\n", 3), Block("console", "$ true\n", 8)]


def test_steps_carry_what_they_print() -> None:
    found = list(steps(Block("console", "$ one\na\nb\n$ two\n$ three\nc\n", 5)))
    assert [(s.command, s.expected, s.line) for s in found] == [("one", "a\nb", 5), ("two", "", 8), ("three", "c", 9)]


@pytest.mark.parametrize(
    ("expected", "printed", "agreed"),
    [
        ("a", "a\n", True),
        ("", "", True),
        ("", "a\n", False),
        ("a", "", False),
        ("a", "a\nb\n", False),
        ("a\n...\nc", "a\nb\nb\nc\n", True),
        ("a\n...\nc", "a\nc\n", True),
        ("a\n...\nc", "a\nb\n", False),
        ("a.", "ab\n", False),
    ],
)
def test_agreement(expected: str, printed: str, agreed: bool) -> None:
    assert agrees(expected, printed) is agreed


def test_a_shell_knows_the_last_status(tmp_path: Path) -> None:
    (tmp_path / "story").mkdir()
    shell = Shell(tmp_path / "story")
    assert shell.run("exit 3") == ""
    assert shell.run("echo $?") == "3\n"
    assert shell.run("verifier --version").startswith("verifier, version ")


def test_a_wrong_page_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "story").mkdir()
    page = "```console\n$ echo a\nb\n```\n```pycon\n>>> 1 + 1\n3\n```\n"
    found = list(failures(page, tmp_path / "story"))
    assert [failure.step.command for failure in found] == ["echo a", "python"]
    assert updated(page, found) == page.replace("\nb\n", "\na\n")
