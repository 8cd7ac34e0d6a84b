import MarginModel

extension CaseReply {
    /// The answer in an asset that positions settle in: dollars over its price, not rounded.
    struct Settlement: Encodable {
        let asset: String
        /// Dollars of a unit.
        let price: Double
        let equity: Double
        let initialMargin: Double
        let maintenanceMargin: Double

        init(_ asset: String, _ price: Double, _ reply: CaseReply) {
            self.asset = asset
            self.price = price
            equity = reply.equity / price
            initialMargin = reply.initialMargin.requirement / price
            maintenanceMargin = reply.maintenanceMargin.requirement / price
        }
    }
}

extension MarginCase {
    /// The assets other than the numeraire that positions settle in, by name, with their prices: coin at spot, a
    /// stablecoin as collateral is priced, else at the stablecoin's price.
    var settlementPrices: [(asset: String, price: Double)] {
        let coins = members.flatMap { member in
            member.marked.filter(\.isInverse).map(\.underlying) + member.options.filter(\.isInverse).map(\.underlying)
        }
        let stablecoins = Set(members.flatMap { $0.marked.filter { !$0.isInverse }.compactMap(\.settlementAsset) })
        let collateral = members.flatMap(\.collateral)
        var prices: [String: Double] = [:]
        for asset in stablecoins { prices[asset] = collateral.first { $0.asset == asset }?.price ?? stablecoinPrice }
        for own in underlyings where coins.contains(own.symbol) { prices[own.symbol] = own.spot }
        return prices.sorted { $0.key < $1.key }.map { (asset: $0.key, price: $0.value) }
    }
}
