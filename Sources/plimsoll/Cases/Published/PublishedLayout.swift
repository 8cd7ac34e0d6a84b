import MarginMethods
import MarginWire

/// The layouts in which margin figures are published, each with the method that it is about.
enum PublishedLayout: String, CaseIterable {
    /// One portfolio a file: `PMRM_2/portfolio_cases` of derivexyz/v2-core.
    case derivePortfolio = "derive-portfolio"
    /// Many tests in a file: `StandardManager/test-cases.json` of derivexyz/v2-core.
    case deriveStandard = "derive-standard"

    static var names: [String] { allCases.map(\.rawValue) }

    /// How exactly the figures must come out.
    var tolerance: ConformanceTolerance {
        switch self {
        case .derivePortfolio: .millionth
        case .deriveStandard: .thousandth
        }
    }

    /// A case of a file, or why it cannot be read.
    struct Entry {
        let name: String
        let content: Result<PublishedCase, UnreadableCase>
    }

    /// The cases of a file, in its order.
    ///
    /// - Parameter name: what a case is called that the file does not name.
    /// - Throws: why none of them can be read.
    func entries(of file: JSONValue, name: String) throws(UnreadableCase) -> [Entry] {
        switch self {
        case .derivePortfolio: return [entry(file, name: name)]
        case .deriveStandard: return try file.members(at: JSONPath()).map { entry($0.value, name: $0.key) }
        }
    }

    private func entry(_ value: JSONValue, name: String) -> Entry {
        do throws(UnreadableCase) {
            switch self {
            case .derivePortfolio:
                return Entry(name: name, content: .success(try PublishedCase(portfolio: value, name: name)))
            case .deriveStandard:
                return Entry(name: name, content: .success(try PublishedCase(standard: value, name: name)))
            }
        } catch { return Entry(name: name, content: .failure(error)) }
    }
}
