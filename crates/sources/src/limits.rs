//! The bounds every reader keeps, so that a broken or hostile file ends in one sentence and
//! never in a full memory.

/// Bounds on what a reader takes in. Size of the whole file is no bound: reading streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest piece that must stand in memory at once, in bytes: a tag of XML, a value of
    /// JSON, a line of CSV, a cell of a table.
    pub piece: usize,
    /// How deep elements and attributes may be nested.
    pub depth: usize,
    /// Most columns of a table.
    pub columns: usize,
    /// Most distinct names of attributes in one file.
    pub names: usize,
    /// Most attributes of one event, or of one case or object.
    pub attributes: usize,
    /// Most objects, or relations of one event, an object-centric log may hold.
    pub objects: usize,
    /// Most bytes a packed file may unpack to where it has to be unpacked to disk (`SQLite`
    /// and Parquet inside gzip).
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            piece: 16 << 20,
            depth: 64,
            columns: 2_000,
            names: 10_000,
            attributes: 10_000,
            objects: 20_000_000,
            unpacked: 64 << 30,
        }
    }
}
