//! Tables for spreadsheets: UTF-8 with a byte order mark and semicolons, as Excel reads it on a
//! computer set to Latvian.

/// A table being written.
#[derive(Debug)]
pub(super) struct Table(String);

impl Table {
    /// A table of these columns.
    #[must_use]
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(columns);
        table
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(';');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// The whole file.
    #[must_use]
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Names are typed by people: one that begins as a formula must stay a text (OWASP, “CSV
    /// Injection”).
    fn cell(&mut self, text: &str) {
        let is_formula =
            text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let needs_quotes = is_formula || text.contains([';', ',', '"', '\n', '\r', '\t']);
        if !needs_quotes {
            self.0.push_str(text);
            return;
        }
        self.0.push('"');
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&text.replace('"', "\"\""));
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two_cells() {
        for (text, expected) in [
            ("Šķērsiela", "Šķērsiela"),
            ("=1+1", "\"'=1+1\""),
            ("+371", "\"'+371\""),
            ("-2", "\"'-2\""),
            ("@x", "\"'@x\""),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("a;b", "\"a;b\""),
            ("SIA \"Rīts\"", "\"SIA \"\"Rīts\"\"\""),
            ("a\nb", "\"a\nb\""),
            ("", ""),
        ] {
            let mut table = Table::new(&["x"]);
            table.row(&[text, "end"]);
            assert_eq!(table.finish(), format!("\u{feff}x\r\n{expected};end\r\n"));
        }
    }
}
