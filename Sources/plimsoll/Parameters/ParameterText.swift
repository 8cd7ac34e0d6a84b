import MarginDomain
import MarginModel

/// Values of a set as an operator types them: `kappa=0.7`, `range@10=0.18`, `tails=-0.66,-0.33,0.5,1,2,3,4,5`.
///
/// The number after `@` is the asset's; a list names all its values, and is replaced whole.
struct ParameterText: Error, CustomStringConvertible {
    let description: String

    /// - Throws: what is wrong with the text.
    static func values(of text: String) throws(ParameterText) -> [ParameterValue] {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw ParameterText("expected key=value or key@asset=value", in: text) }
        let name = sides[0].split(separator: "@", omittingEmptySubsequences: false)
        guard let key = ParameterKey(rawValue: String(name[0])) else {
            throw ParameterText("no risk parameter is called \(name[0])", in: text)
        }
        let asset = name.count == 2 ? UInt32(name[1]) : name.count == 1 ? 0 : nil
        guard let asset else { throw ParameterText("an asset is a number", in: text) }
        let numbers = sides[1].split(separator: ",", omittingEmptySubsequences: false)
        guard key.isList || numbers.count == 1 else { throw ParameterText("it is one number", in: text) }
        var values: [ParameterValue] = []
        for (place, number) in numbers.enumerated() {
            guard let value = RiskFileReader.billionths(String(number)) else {
                throw ParameterText("expected a number with at most nine decimals", in: text)
            }
            values.append(
                ParameterValue(key: key.symbol, asset: AssetID(asset), index: UInt16(clamping: place), value: value))
        }
        return values
    }

    private init(_ explanation: String, in text: String) { description = "\(text): \(explanation)" }
}
