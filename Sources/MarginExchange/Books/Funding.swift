private import Glibc
import MarginDomain

/// What an account pays in before it trades.
///
/// A book is built trade by trade, and a hedged one needs more margin half built than finished. So everybody also
/// brings a *bond* in dollars, and withdraws it once the positions stand.
struct Funding: Sendable {
    /// An amount of an asset.
    struct Payment: Sendable {
        let asset: AssetID
        let amount: Money
    }

    let account: AccountID
    /// Stays.
    var collateral: [Payment] = []
    /// For an isolated position, moved there from the account.
    var isolated: [(instrument: InstrumentID, payment: Payment)] = []
    /// Leaves again, in dollars; zero if the book is built in one trade.
    var bond = Money.zero
}

/// Sizes deposits from estimated margins.
struct FundingPlan {
    private let catalogue: Catalogue
    private let market: SyntheticMarket
    private let estimate: MarginEstimate
    /// Smallest deposit in dollars.
    private let collateralMin = 100.0

    init(_ catalogue: Catalogue, _ market: SyntheticMarket, _ estimate: MarginEstimate) {
        (self.catalogue, self.market, self.estimate) = (catalogue, market, estimate)
    }

    /// Everybody's funding, in order of account.
    func funding(of books: SyntheticBooks) -> [Funding] {
        let makerLots = books.makerLots()
        let shared = sharedMargins(books.accounts)
        return books.accounts.map { account in
            switch account.shape {
            case .backstop: return Funding(account: account.account, collateral: [dollars(2_000_000_000)])
            case .maker:
                let margin = estimate.initialMargin(.init(lots: makerLots[account.account] ?? [:]))
                return Funding(account: account.account, collateral: [dollars(10_000_000 + account.cover * margin)])
            default: return customer(account, sharedMargin: account.sharedPool.flatMap { shared[$0] })
            }
        }
    }

    /// Margin per member of each shared pool.
    private func sharedMargins(_ accounts: [PlannedAccount]) -> [PoolID: Double] {
        var holdings: [PoolID: MarginEstimate.Holdings] = [:]
        var members: [PoolID: Double] = [:]
        for account in accounts {
            guard let pool = account.sharedPool else { continue }
            members[pool, default: 0] += 1
            for leg in account.legs { holdings[pool, default: .init()].lots[leg.instrument, default: 0] += leg.lots }
        }
        return holdings.reduce(into: [:]) { margins, entry in
            margins[entry.key] = estimate.initialMargin(entry.value) / max(1, members[entry.key] ?? 1)
        }
    }

    private func customer(_ account: PlannedAccount, sharedMargin: Double?) -> Funding {
        var funding = Funding(account: account.account)
        let standAlone = account.legs.map { estimate.initialMargin(.init(lots: [$0.instrument: $0.lots])) }
        if account.legs.contains(where: { $0.mode == .isolated }) {
            for (leg, margin) in zip(account.legs, standAlone) {
                let asset = catalogue.instrument(leg.instrument).instrument.settlementAsset
                funding.isolated.append((leg.instrument, payment(of: account.cover * margin, in: asset)))
            }
            funding.collateral = funding.isolated.map(\.payment) + [dollars(collateralMin)]
            return funding
        }
        var holdings = MarginEstimate.Holdings()
        for leg in account.legs { holdings.lots[leg.instrument, default: 0] += leg.lots }
        let margin = sharedMargin ?? estimate.initialMargin(holdings)
        funding.collateral = collateral(account, margin, holdings)
        // Fees and spreads of every leg are in it too.
        if account.legs.count > 1 || account.shape == .coinCollateral {
            funding.bond = dollars(1.5 * standAlone.reduce(0, +) + 3 * collateralMin).amount
        }
        return funding
    }

    private func collateral(
        _ account: PlannedAccount, _ margin: Double, _ holdings: MarginEstimate.Holdings
    ) -> [Funding.Payment] {
        let wanted = account.cover * margin
        switch account.shape {
        case .stablecoin:
            // The stablecoin itself is charged 5 % in initial margin.
            return [payment(of: wanted / (1 - 0.05 * min(account.cover, 10)), in: Catalogue.stablecoin)]
        case .gold: return [dollars(wanted), payment(of: margin, in: Catalogue.gold)]
        case .coinCollateral:
            guard let leg = account.legs.first else { return [dollars(collateralMin)] }
            let coin = catalogue.instrument(leg.instrument).instrument.underlying
            var dollars = wanted
            // Coin needs margin for itself; the rounds close in on the amount that covers both.
            for _ in 0..<12 {
                var held = holdings
                held.coins[coin] = dollars
                dollars = max(account.cover * estimate.initialMargin(held), wanted / 4)
            }
            return [payment(of: dollars, in: coin)]
        default: return [dollars(wanted)]
        }
    }

    private func dollars(_ amount: Double) -> Funding.Payment { payment(of: amount, in: Catalogue.dollar) }

    /// So many dollars in an asset, at its price now.
    private func payment(of dollars: Double, in asset: AssetID) -> Funding.Payment {
        let units = max(dollars, collateralMin) / market.dollarsPerUnit(of: asset)
        let scale = catalogue.asset(asset).moneyExponent.scale
        return Funding.Payment(asset: asset, amount: Money(Int64((units / scale).rounded())))
    }
}

extension SyntheticMarket {
    /// Dollars of gold an ounce; it does not move with the coins.
    static let goldPrice = 2_400.0

    /// Price of one whole unit of an asset in dollars.
    func dollarsPerUnit(of asset: AssetID) -> Double {
        switch asset {
        case Catalogue.dollar, Catalogue.stablecoin: 1
        case Catalogue.gold: Self.goldPrice
        default: spot(of: asset)
        }
    }
}
