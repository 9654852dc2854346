"""Exported lists as other programs read them: XLSX with openpyxl, CSV with Python's own reader."""

import csv
import io
import unittest
import urllib.parse
from datetime import date, datetime, timedelta

import openpyxl

from support import ReaderTest, session

#: What a spreadsheet would calculate, if it were not a text.
FORMULAS = ('=HYPERLINK("http://example.com","Ķēde")', "+371 Ļoti svarīgi", "@SUM(A1:A9)", "-1+1 žūrija")


class ExportOfEvents(ReaderTest):
    """The organiser's list of events."""

    def setUp(self) -> None:
        super().setUp()
        self.day = date.today() + timedelta(days=70)
        self.word = f"eksports{self.id().rsplit('.', 1)[-1]}"
        for formula in FORMULAS:
            values = session(1, self.day, "10:00", "13:00") | {"session-1-city": formula}
            self.announce("discussion", {"title_lv": f"{formula} {self.word}"} | values)

    def download(self, ending: str):
        query = urllib.parse.urlencode({"q": self.word})
        page = self.organiser.open(f"/lv/organise/export.{ending}?{query}")
        self.assertEqual(page.status, 200)
        self.assertIn("attachment", page.headers["Content-Disposition"])
        return page

    def test_a_workbook_has_texts_dates_and_numbers_and_no_formula(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(self.download("xlsx").body))
        (sheet,) = book.worksheets
        header, *rows = sheet.iter_rows()
        names = [cell.value for cell in header]
        self.assertIn("Nosaukums", names)
        self.assertEqual(len(rows), len(FORMULAS))
        titles = set()
        for row in rows:
            of = dict(zip(names, row, strict=True))
            titles.add(of["Nosaukums"].value)
            for cell in row:
                self.assertNotEqual(cell.data_type, "f", f"{cell.coordinate} is a formula")
                self.assertIsNone(cell.hyperlink)
            dates = [cell for cell in row if cell.is_date]
            self.assertEqual([cell.value for cell in dates], [datetime.combine(self.day, datetime.min.time())] * 2)
            numbers = [cell.value for cell in row if cell.data_type == "n" and not cell.is_date]
            self.assertEqual(numbers, [20, 0, 0], "places, taken, waiting")
        self.assertEqual(titles, {f"{formula} {self.word}" for formula in FORMULAS})

    def test_a_csv_file_is_utf_8_with_a_mark_and_no_cell_begins_a_formula(self) -> None:
        body = self.download("csv").body
        self.assertTrue(body.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read Latvian letters")
        header, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
        self.assertEqual(len(rows), len(FORMULAS))
        for row in rows:
            self.assertEqual(len(row), len(header))
            for cell in row:
                self.assertNotIn(cell[:1], ("=", "+", "-", "@", "\t", "\r"), cell)
        titles = " ".join(row[header.index("Nosaukums")] for row in rows)
        for formula in FORMULAS:
            self.assertIn(formula, titles)


if __name__ == "__main__":
    unittest.main()
