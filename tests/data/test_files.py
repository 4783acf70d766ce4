from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import DataError
from data.files import read_csv, read_rows, read_toml


def test_rows_keep_their_number_and_empty_lines_are_none(tmp_path: Path) -> None:
    path = tmp_path / "een.csv"
    path.write_text("a,b\n1,2\n\n3,4\n\n", encoding="utf-8")
    assert read_rows(path) == (["a", "b"], [(2, ["1", "2"]), (4, ["3", "4"])])


def test_a_file_saved_by_a_spreadsheet_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "een.csv"
    path.write_bytes('\ufeffnaam,waarde\r\n"Nuenen, Gerwen",5\r\n'.encode())
    assert read_csv(path) == [{"naam": "Nuenen, Gerwen", "waarde": "5"}]


def test_a_ragged_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "een.csv"
    path.write_text("a,b\n1,2\n3\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"een\.csv, rij 3: 1 kolommen in plaats van 2"):
        read_csv(path)


@pytest.mark.parametrize("read", [read_csv, read_toml])
def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, read: object) -> None:
    assert callable(read)
    for path in (tmp_path / "niets", tmp_path):
        with pytest.raises(DataError, match=f"{path.name}: niet te lezen"):
            read(path)


def test_toml_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "een.toml"
    path.write_text("naam = ", encoding="utf-8")
    with pytest.raises(DataError, match=r"een\.toml: geen geldige TOML"):
        read_toml(path)
    path.write_bytes(b'naam = "\xff"')
    with pytest.raises(DataError, match=r"een\.toml: niet te lezen"):
        read_toml(path)
