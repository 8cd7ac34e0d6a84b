import MarginDomain
import MarginMethods
import MarginModel

/// Pools whose agreement names a margin method: evaluated whole, by that method, whenever anything touches them.
///
/// The default model goes first all the same. What it cannot price nobody can, and equity is the ledger's under every
/// method; only the requirement is the method's.
extension EngineState {
    /// The method under which a pool came into being, with the parameters in force; nil for the default model.
    func method(of place: PoolIndex) -> (any MarginMethod)? { pools[place.number].model.flatMap { methods[$0] } }

    /// The margin that decides about a pool.
    func deciding(_ margin: PoolMargin, of place: PoolIndex) -> PoolMargin {
        // SPEED: nearly all pools have no method, and stop here.
        guard let method = method(of: place), let slot = pools[place.number].slot else { return margin }
        return book.margin(of: book.holdings(of: slot), by: method, priced: margin)
    }

    /// The margin that a pool would have with other holdings, under its own model.
    func margin(of holdings: PoolHoldings, in place: PoolIndex) -> PoolMargin {
        if let margin = margin(of: holdings, ofMember: place) { return margin }
        let margin = book.margin(of: holdings)
        guard let method = method(of: place) else { return margin }
        return book.margin(of: holdings, by: method, priced: margin)
    }

    /// Each member's share of a pool's requirement, in the order given.
    func shares(of members: [MemberHoldings], in place: PoolIndex) -> [MemberShare] {
        shares(of: members, in: place, as: pools[place.number])
    }

    /// The same as of an evaluation that need not be the pool's last.
    func shares(of members: [MemberHoldings], in place: PoolIndex, as pool: Pool) -> [MemberShare] {
        guard let method = method(of: place), let margin = pool.margin else {
            let elsewhere = pool.elsewhere
            return book.shares(
                of: members.map { MemberHoldings(member: $0.member, holdings: $0.holdings.besides(elsewhere)) })
        }
        let alone = members.map { book.margin(of: $0.holdings, by: method, priced: book.margin(of: $0.holdings)) }
        let initial = margin.initial.shared(alone.map(\.initial))
        let maintenance = margin.maintenance.shared(alone.map(\.maintenance))
        return members.indices.map { index in
            MemberShare(
                account: members[index].member.account, instrument: members[index].member.instrument,
                standAlone: alone[index].initial, component: alone[index].initial, share: initial[index],
                maintenanceShare: maintenance[index])
        }
    }
}

extension MarginBook {
    /// A method's margin of holdings that the default model could price.
    func margin(
        of holdings: PoolHoldings, by method: any MarginMethod, priced margin: PoolMargin
    ) -> PoolMargin {
        guard margin.status == .margined else { return margin }
        // No other model stands in for the one that was agreed.
        guard let question = question(about: holdings, with: type(of: method).facts) else {
            return .refused(.notAsked)
        }
        do throws(MethodFault) {
            let answer = try method.answer(question)
            return PoolMargin(
                equity: margin.equity, method: answer.initialMargin, maintenance: answer.maintenanceMargin,
                names: method is ExpectedShortfall
                    ? ExpectedShortfall.names(of: answer) : MarginComponents.MethodNames())
        } catch {
            // Conservative and visible: the pool is quarantined, and says why.
            return .refused(error.refusal, error.symbol.flatMap { asset(called: $0) })
        }
    }
}

/// The margins of a pool with one position changed at a time, under the pool's own model.
struct PoolVariations {
    private enum Way {
        case model(Variations)
        case method(any MarginMethod, MarginBook, PoolHoldings)
    }

    private var way: Way

    init(of holdings: PoolHoldings, in book: MarginBook, method: (any MarginMethod)?) {
        way = method.map { .method($0, book, holdings) } ?? .model(Variations(of: holdings, in: book))
    }

    /// The margin with lots added to what is held of an instrument, and nothing else changed.
    mutating func margin(adding lots: NetQuantity, of instrument: InstrumentID) -> PoolMargin {
        switch way {
        case .model(var variations):
            let margin = variations.margin(adding: lots, of: instrument)
            way = .model(variations)
            return margin
        case .method(let method, let book, var holdings):
            holdings.add(lots, of: instrument)
            return book.margin(of: holdings, by: method, priced: book.margin(of: holdings))
        }
    }
}

extension Value {
    /// This amount in parts in proportion to weights, which are not negative, cut by largest remainder; in equal
    /// parts if all weights are nil.
    func shared(_ weights: [Value]) -> [Value] {
        let isNil = weights.allSatisfy { $0 <= .zero }
        let sizes = weights.map { isNil ? 1 : Int128($0.quanta > 0 ? $0.quanta : 0) }
        let whole = sizes.reduce(0, +)
        let products = sizes.map { ($0 * Int128(quanta)).quotientAndRemainder(dividingBy: whole) }
        let parts = LargestRemainder.cut(
            floors: products.map(\.quotient), remainders: products.map(\.remainder), toSum: Int128(quanta))
        return parts.map { Value(saturating: $0) }
    }
}
