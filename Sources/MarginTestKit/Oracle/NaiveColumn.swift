public import MarginDomain

/// A scenario column: paragraph 3 of the page.
public struct NaiveColumn: Equatable, Sendable {
    /// A common move of the pool's underlyings, on which all of them agree.
    public enum Node: Equatable, Sendable {
        /// `j`, in quarter ranges.
        case ordinary(Double)
        /// Position in the list of tails.
        case tail(Int)
    }

    /// Where the spot goes.
    public let node: Node
    /// Relative spot move.
    public let m: Double
    /// Damping.
    public let d: Double
    /// Where the volatilities go.
    public let shape: VolatilityShape

    /// The columns of an underlying of range `R`, in canonical order.
    public static func all(R: Double, halfSteps: Bool, parameters: NaiveParameters) -> [NaiveColumn] {
        var columns: [NaiveColumn] = []
        var j = -4.0
        while j <= 4 {
            for shape in [VolatilityShape.same, .upFlat, .upSteep, .downFlat, .downSteep] {
                columns.append(NaiveColumn(node: .ordinary(j), m: (j * R) / 4, d: 1, shape: shape))
            }
            j += halfSteps ? 0.5 : 1
        }
        for (place, tail) in parameters.tails.enumerated() {
            let m = tail.fraction
            let d = min(1, (parameters["tailDamping"] * R) / m.magnitude)
            for shape in [VolatilityShape.upFlat, .upSteep] {
                columns.append(NaiveColumn(node: .tail(place), m: m, d: d, shape: shape))
            }
        }
        return columns
    }

    /// `σ'`, the volatility under the column's shape.
    public static func shocked(
        sigma: Double, tau: Double, shape: VolatilityShape, parameters: NaiveParameters
    ) -> Double {
        let DTE = tau * 365
        let isShort = DTE <= 30
        func M(_ longPower: String) -> Double {
            let p = isShort ? parameters["shortPower"] : parameters[longPower]
            return NaiveBlack76.exponential(p * NaiveBlack76.logarithm(30 / max(DTE, 1)))
        }
        func up(_ longPower: String) -> Double {
            let up = 1 + parameters["volUp"] * M(longPower)
            return isShort ? max(sigma * up, parameters["volatilityFloor"]) : sigma * up
        }
        func down(_ longPower: String) -> Double {
            sigma * max(0, 1 - parameters["volDown"] * M(longPower))
        }
        return switch shape {
        case .same: sigma
        case .upFlat: up("longPowerFlat")
        case .upSteep: up("longPowerSteep")
        case .downFlat: down("longPowerFlat")
        case .downSteep: down("longPowerSteep")
        }
    }
}
