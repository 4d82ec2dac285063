/// Rows and columns of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The sums, where there are any.
    pub total: Option<Vec<String>>,
}

impl Table {
    /// A table of these columns, with no row yet.
    #[must_use]
    pub fn of<const N: usize>(header: [&str; N]) -> Self {
        Self {
            header: header.iter().map(|&label| label.to_owned()).collect(),
            ..Self::default()
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}
