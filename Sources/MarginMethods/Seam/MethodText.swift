/// How methods spell numbers in the names of components and faults.
public enum MethodText {
    /// Such as `500400 s`; fractions of a second only where there are any.
    public static func seconds(_ seconds: Double) -> String { "\(number(seconds)) s" }

    /// Without a fraction where there is none.
    public static func number(_ number: Double) -> String {
        if let whole = Int(exactly: number) { return "\(whole)" }
        return "\(number)"
    }
}
