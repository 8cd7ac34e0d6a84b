import Foundation
import MarginMethods
import MarginModel
import MarginWire

extension CaseRule {
    /// `given` is a case of `plimsoll margin`, `expect` any part of what that command prints with `--detail`.
    static func margin(under model: CaseModel) -> CaseRule {
        CaseRule(name: margin) { value, path throws(UnreadableCase) in
            let reply = try model.reply(to: value, at: path, .detail)
            let json: JSONValue
            do { json = try JSONText.parse(Array(try JSONEncoder().encode(reply)), within: CaseFile.limits) } catch {
                throw UnreadableCase(explanation: "the answer is not finite; the numbers are too large")
            }
            return CaseFigures(json)
        }
    }

    /// `given` is a case of `plimsoll margin`, `expect` what Deribit's `pme/simulate` says of its risk matrices.
    static func deribitMatrix(under shared: MethodParameters) -> CaseRule {
        CaseRule(name: "riskMatrix") { value, path throws(UnreadableCase) in
            let fields = try CaseFields(value, at: path, keys: MarginCase.keys)
            let question = try MarginCase(fields)
            var parameters = shared
            if let own = fields.value("parameters") {
                parameters = try shared.overridden(by: own, at: fields.path(of: "parameters"))
            }
            guard let method = parameters.method as? DeribitPortfolio else {
                throw UnreadableCase(explanation: "not a method with risk matrices")
            }
            return try UnreadableCase.refused { () throws(MethodFault) in
                let matrices = try method.matrices(of: question)
                var table = ["matrices": CaseFigures.list(matrices.map(figures))]
                // In what the one matrix counts in, as Deribit prints an account of one currency.
                if matrices.count == 1 {
                    let answer = try method.answer(question)
                    let unit = matrices[0].dollarsPerUnit
                    table["initialMargin"] = .number(answer.initialMargin / unit)
                    table["maintenanceMargin"] = .number(answer.maintenanceMargin / unit)
                }
                return .table(table)
            }
        }
    }

    private static func figures(_ matrix: DeribitRiskMatrix) -> CaseFigures {
        func cells(_ vector: DeribitRiskVector) -> [String: CaseFigures] {
            ["standard": .numbers(vector.standard), "extended": .numbers(vector.extended)]
        }
        let worst: CaseFigures =
            matrix.worst.map {
                .table([
                    "index": .whole(Int128($0.index)), "move": .number($0.move),
                    "volatility": .word($0.volatility.rawValue),
                ])
            } ?? .nothing
        return .table([
            "name": .word(matrix.name), "unit": .word(matrix.unit == .coin ? "coin" : "dollars"),
            "positions": .list(
                matrix.positions.map { position in
                    .table(cells(position.vector).merging(["name": .word(position.name)]) { $1 })
                }),
            "summed": .table(cells(matrix.summed)), "aggregated": .table(cells(matrix.aggregated)),
            "worst": worst, "worstCase": .number(matrix.worstCase), "rollShock": .number(matrix.rollShock),
            "deltaShock": .number(matrix.deltaShock), "riskMatrixMargin": .number(matrix.margin),
        ])
    }

    /// `given` has losses or profits, `expect` a quantile and the mean beyond it.
    static let tail = CaseRule(name: "tail") { value, path throws(UnreadableCase) in
        let fields = try CaseFields(value, at: path, keys: ["losses", "profits", "confidence", "boundary"])
        let isProfit = fields.value("losses") == nil
        let losses = isProfit ? try fields.numbers("profits").map { -$0 } : try fields.numbers("losses")
        guard !losses.isEmpty else { throw fields.wrong(isProfit ? "profits" : "losses", "an empty list has no tail") }
        let confidence = try fields.number("confidence", within: 0...1)
        let isWhole = try fields.isFirst(of: ("whole", "fractional"), "boundary", omitted: true)
        let measure = isWhole ? TailMeasure.whole : .fractional
        return .table([
            "valueAtRisk": .number(TailMeasure.valueAtRisk(losses, confidence: confidence)),
            "expectedShortfall": .number(measure.shortfall(losses, confidence: confidence)),
        ])
    }
}
