import MarginDomain

/// Writes trades: numbers them and charges fees.
struct TradeTicket: Sendable {
    private var lastTrade: UInt64 = 0

    /// One side of a trade.
    struct Party {
        let account: AccountID
        var mode = MarginMode.cross
        /// Makers and the house pay none.
        var paysFee = true
    }

    /// A trade between two parties.
    ///
    /// - Parameter spot: dollars of the underlying, for the fee.
    mutating func trade(
        _ listed: ListedInstrument, lots: Int64, price: Price, buyer: Party, seller: Party, spot: Double,
        assetUnit: Double, at time: Timestamp, kind: TradeKind = .normal, plan: PlanID = PlanID(0)
    ) -> Trade {
        lastTrade += 1
        let notional = listed.notional(ofLotAt: spot) * Double(lots)
        // Three hundredths of a per cent of the underlying's dollars, in the settlement asset.
        let fee = Money(Int64((0.0003 * notional / assetUnit).rounded(.up)))
        return Trade(
            trade: TradeID(lastTrade), instrument: listed.id, price: price, quantity: Quantity(lots),
            buyer: buyer.account, buyerMode: buyer.mode, buyerOrder: OrderID(0), buyerFee: buyer.paysFee ? fee : .zero,
            seller: seller.account, sellerMode: seller.mode, sellerOrder: OrderID(0),
            sellerFee: seller.paysFee ? fee : .zero, kind: kind, plan: plan, refersTo: TradeID(0), tradeTime: time)
    }
}
