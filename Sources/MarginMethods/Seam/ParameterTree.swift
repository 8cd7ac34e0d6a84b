/// Parameters as they were written, whatever file or message they came from.
public indirect enum ParameterTree: Equatable, Sendable {
    case number(Double)
    case text(String)
    case flag(Bool)
    case list([ParameterTree])
    case table([String: ParameterTree])

    /// No parameters: every default holds.
    public static let empty = ParameterTree.table([:])
}
