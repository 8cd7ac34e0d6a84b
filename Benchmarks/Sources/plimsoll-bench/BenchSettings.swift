/// What a run may use and how much it may take.
struct BenchSettings: Sendable {
    /// Tiny sizes: shows that everything still works, measures nothing.
    let isSmoke: Bool
    let effort: Effort
    /// Where logs are written; emptied of them afterwards.
    let directory: String
    /// The product's own command, for measurements from outside.
    let plimsoll: String?
    /// The risk parameters it is to run with.
    let riskFile: String
    let peers: PeerPrograms

    /// One of two sizes.
    func size(_ full: Int, smoke: Int) -> Int { isSmoke ? smoke : full }
}
