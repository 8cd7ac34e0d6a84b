import MarginDefault
import MarginDomain
import MarginModel

extension EngineState {
    /// What a set of parameters would change, over all pools that this state evaluates, if it took effect on the rows
    /// and holdings of this moment.
    func preview(_ query: PreviewQuery) -> Answer {
        let (set, methods): (ParameterSet, MethodBook)
        do {
            set = try self.set(version: query.version)
            methods = try self.methods(under: set)
        } catch {
            return .queryError(
                QueryError(fault: .notAvailable, field: Symbol(ascii: "version"), explanation: "\(error)"))
        }
        var tally = PreviewTally(record: lastRecord, version: query.version, base: book.parameters.version)
        let rules = LifeCycleRules(set)
        var other = book.book(under: set)
        // The set may be the first to charge by size.
        let sized = other.chargesOwners ? withRenewedSizes : self
        let bound = sized.mutualMargins(in: other)
        for place in pools.indices {
            guard let slot = pools[place].slot, let before = pools[place].margin else { continue }
            if other.chargesOwners, let elsewhere = sized.elsewhere(of: PoolIndex(place: Int32(place))) {
                other.setElsewhere(elsewhere, of: slot)
            }
            let mutual = bound[PoolIndex(place: Int32(place))]
            var after: PoolMargin
            if let mutual {
                guard let margin = mutual.margin else { continue }
                after = margin
            } else {
                after = other.margin(of: slot)
            }
            if let method = pools[place].model.flatMap({ methods[$0] }) {
                after = other.margin(of: other.holdings(of: slot), by: method, priced: after)
            }
            tally.add(
                pools[place].id, from: (pools[place].state, before),
                to: (
                    next(PoolIndex(place: Int32(place)), at: after, under: rules, poolTestFails: mutual?.fails), after
                ))
        }
        return .previewAnswer(tally.answer)
    }
}
