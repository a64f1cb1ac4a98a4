"""The page on the trusted base lists the files of the kernel, with their sizes."""

import re

from tests.docs.console import ROOT

PAGE = (ROOT / "docs" / "trusted_base.md").read_text(encoding="utf-8")
KERNEL = ROOT / "verifier" / "kernel"


def test_every_file_of_the_kernel_with_its_size() -> None:
    listed = {name: int(lines) for name, lines in re.findall(r"(?m)^\| `(\w+\.py)` \| (\d+) \|", PAGE)}
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in KERNEL.glob("*.py")}
    sizes.pop("__init__.py")
    assert listed.keys() == sizes.keys()
    wrong = {name: size for name, size in sizes.items() if abs(listed[name] - size) > max(60, size // 4)}
    assert not wrong, "sizes that the page should state"


def test_asserts_in_the_kernel_are_for_the_type_checker() -> None:
    for path in KERNEL.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("assert "):
                assert re.match(r"\s*assert \w+ is not None\b", line), f"{path.name}: {line}"
