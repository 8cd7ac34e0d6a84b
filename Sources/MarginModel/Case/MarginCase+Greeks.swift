extension MarginCase {
    /// Sensitivities of all that the members hold, for each underlying of which they hold something, ascending by symbol.
    ///
    /// Unshocked and without parameters: every model says the same. What has no price in the market counts nothing.
    public var greeks: [CaseAnswer.Greeks] {
        underlyings.sorted { $0.symbol < $1.symbol }.compactMap { market in
            guard members.contains(where: { $0.underlyingNames.contains(market.symbol) }) else { return nil }
            let contracts = CaseContracts(market)
            let sum = members.reduce(Sensitivities()) { $0 + contracts.sensitivities(of: $1) }
            return CaseAnswer.Greeks(
                underlying: market.symbol, delta: sum.delta, gamma: sum.gamma, vega: sum.vega, theta: sum.theta,
                rho: sum.rho)
        }
    }
}
