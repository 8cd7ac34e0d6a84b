import MarginDomain
import MarginMethods
import MarginModel

/// Values of a set as an operator types them: `kappa=0.7`, `range@BTC=0.18`, `tails=-0.66,-0.33,0.5,1,2,3,4,5`.
///
/// After `@` stands an asset's symbol or number; a list names all its values, and is replaced whole. A published method's value
/// has the method's name and its path: `okx-range/classes.major.range=0.1`, `okx-range/volatilityPoints=0.3,0.2,0.1`.
struct ParameterText: Error, CustomStringConvertible {
    let description: String

    /// - Parameter assets: by symbol, in capitals; nil to look at the form alone.
    /// - Throws: what is wrong with the text.
    static func values(of text: String, _ assets: [String: AssetID]?) throws(ParameterText) -> [ParameterValue] {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw ParameterText("expected key=value or key@asset=value", in: text) }
        if let slash = sides[0].firstIndex(of: "/") {
            let path = String(sides[0][sides[0].index(after: slash)...])
            return try values(of: String(sides[0][..<slash]), path, String(sides[1]), in: text)
        }
        let name = sides[0].split(separator: "@", omittingEmptySubsequences: false)
        guard let key = ParameterKey(rawValue: String(name[0])) else {
            throw ParameterText("no risk parameter is called \(name[0])", in: text)
        }
        guard name.count <= 2 else { throw ParameterText("a value is of one asset", in: text) }
        let asset = name.count == 2 ? try Self.asset(String(name[1]), assets, in: text) : AssetID(0)
        let numbers = sides[1].split(separator: ",", omittingEmptySubsequences: false)
        guard key.isList || numbers.count == 1 else { throw ParameterText("it is one number", in: text) }
        var values: [ParameterValue] = []
        for (place, number) in numbers.enumerated() {
            guard let value = RiskFileReader.billionths(String(number)) else {
                throw ParameterText("expected a number with at most nine decimals", in: text)
            }
            values.append(
                ParameterValue(key: key.symbol, asset: asset, index: UInt16(clamping: place), value: value))
        }
        return values
    }

    private static func asset(
        _ name: String, _ assets: [String: AssetID]?, in text: String
    ) throws(ParameterText) -> AssetID {
        if let number = UInt32(name) { return AssetID(number) }
        guard !name.isEmpty else { throw ParameterText("an asset is a symbol or a number", in: text) }
        guard let assets else { return AssetID(0) }
        guard let asset = assets[name.uppercased()] else {
            throw ParameterText("the engine knows no asset \(name)", in: text)
        }
        return asset
    }

    /// Values of a published method; several with commas between are a list.
    private static func values(
        of method: String, _ path: String, _ value: String, in text: String
    ) throws(ParameterText) -> [ParameterValue] {
        guard let model = Symbol(method), MethodRegistry.method(named: method) != nil else {
            throw ParameterText("no margin method is called \(method)", in: text)
        }
        let elements = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var values: [ParameterValue] = []
        for (place, element) in elements.enumerated() {
            let own = MethodPath(elements.count > 1 ? "\(path)[\(place)]" : path)
            guard let (table, key) = own.symbols, let word = Symbol(element) else {
                throw ParameterText("name or value is too long", in: text)
            }
            values.append(
                ParameterValue(
                    key: key, asset: AssetID(0), index: 0, value: .zero, model: model, table: table, text: word))
        }
        return values
    }

    private init(_ explanation: String, in text: String) { description = "\(text): \(explanation)" }
}
