public import MarginModel

extension MarginCase {
    /// The accounts of all members as one: what the one owner of a pool has.
    public var whole: Member {
        var whole = Member(id: members.first?.id ?? "")
        for member in members {
            whole.cash += member.cash
            whole.collateral += member.collateral
            whole.marked += member.marked
            whole.options += member.options
            whole.orders += member.orders
        }
        return whole
    }

    /// The market of an underlying.
    ///
    /// - Throws: that the question has none.
    public func market(of symbol: String) throws(MethodFault) -> Underlying {
        guard let market = underlyings.first(where: { $0.symbol == symbol }) else {
            throw .missing("the market of \(symbol)", of: symbol)
        }
        return market
    }
}

extension MarginCase.Underlying {
    /// The expiry of an option or future.
    ///
    /// - Throws: that the market has none.
    public func neededExpiry(in seconds: Double) throws(MethodFault) -> MarginCase.Expiry {
        guard let expiry = expiry(in: seconds) else {
            throw .missing("the expiry of \(symbol) in \(MethodText.seconds(seconds))", of: symbol)
        }
        return expiry
    }

    /// Mark of the perpetuals.
    ///
    /// - Throws: that the market has none.
    public func neededPerpetual() throws(MethodFault) -> Double {
        guard let perpetual else { throw .missing("the perpetual's price of \(symbol)", of: symbol) }
        return perpetual
    }
}
