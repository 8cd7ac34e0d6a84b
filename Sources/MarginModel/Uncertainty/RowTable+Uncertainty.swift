import CMarginKernels
import MarginDomain

/// What is charged in initial margin while the price itself is in doubt: docs/margin-model.md §8.
extension RowTable {
    /// Whether nothing of that is charged: the usual case, in which a pool needs no second look.
    func isCalm(_ addOns: ParameterSet.AddOns) -> Bool {
        slowMove == 0 && addOns.uncertainty(at: confidence) == 0 && isAgedRow.isEmpty
    }

    /// `⌈y(k)·(Σ |q_i|·n_i + |C_u|)⌉`, and what volatilities that are too old are charged.
    func uncertainty(
        of positions: [(row: Int, lots: Double)], coin: Double, _ addOns: ParameterSet.AddOns
    ) -> Double {
        let rate = addOns.uncertainty(at: confidence)
        let aged = ages(of: positions, addOns)
        guard rate > 0 else { return aged }
        let notional = positions.reduce(abs(coin)) { $0 + abs($1.lots) * self.notional(row: $1.row) }
        return (rate * notional).roundedUp + aged
    }

    /// `n_i`: spot for options, the contract's own delta for everything else.
    func notional(row: Int) -> Double {
        let expiry = vector(row, mk_expiry_sums)
        let short = expiry[mk_expiry_calls] + expiry[mk_expiry_puts]
        return short != 0 ? short : vector(row, mk_absolute)[mk_absolute_delta]
    }

    /// `⌈max(0, V(spot) − V(slow))⌉`, the value at the slow price read off the nodes on either side of it.
    func twoPrice(of positions: [(row: Int, lots: Double)], coin: Double) -> Double {
        guard slowMove != 0, let grid else { return 0 }
        // BOUNDS: the move is at most the range, four nodes from the middle.
        let distance = (abs(slowMove) * 4) / grid.range
        let near = distance < 3 ? Int(distance) : 3
        let rest = distance - Double(near)
        let weight = rest < 1 ? rest : 1
        func gain(_ node: Int) -> Double {
            guard node > 0 else { return 0 }
            let doubled = slowMove < 0 ? -2 * node : 2 * node
            let place = ScenarioGrid.place(doubledNode: doubled, shape: Int(VolatilityShape.same.rawValue))
            return positions.reduce((coin * grid.move(doubledNode: doubled)).nearestInteger) {
                $0 + $1.lots * self.gain(row: $1.row, at: place)
            }
        }
        let (first, second) = (gain(near), gain(near + 1))
        let gain = first + weight * (second - first)
        return gain < 0 ? (-gain).roundedUp : 0
    }
}

extension ParameterSet.AddOns {
    /// `y(k)`: what is charged of a notional whose price has this confidence.
    func uncertainty(at confidence: Double) -> Double {
        confidence < confidenceThreshold ? (1 - confidence) * confidenceMargin : 0
    }
}
