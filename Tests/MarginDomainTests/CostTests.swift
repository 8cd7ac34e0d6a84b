import MarginDomain
import Testing

/// Numbers by hand: a lot of BTC-PERP is 0.001 BTC, a tick 0.1 dollar, a unit of dollars a millionth.
@Suite struct CostTests {
    @Test func `a linear perpetual costs quantity times price, exactly`() throws {
        let perpetual = try Listings.instrument(.linearPerpetual, price: -1, quantity: -3)

        // 2.5 BTC at 60000.5 dollars.
        #expect(perpetual.cost(of: Quantity(2_500), at: Price(600_005)) == Balance(150_001_250_000))
        #expect(perpetual.cost(of: Quantity(-2_500), at: Price(600_005)) == Balance(-150_001_250_000))
    }

    @Test func `an inverse perpetual costs minus one over price in coin, alike for both sides`() throws {
        let perpetual = try Listings.instrument(.inversePerpetual, settlement: Listings.bitcoin, price: -1, quantity: 1)

        // 100 contracts of 10 dollars at 60000.5: 1000 / 60000.5 = 0.01666652777… BTC.
        #expect(perpetual.cost(of: Quantity(100), at: Price(600_005)) == Balance(-1_666_653))
        #expect(perpetual.cost(of: Quantity(-100), at: Price(600_005)) == Balance(1_666_653))
    }

    @Test func `an instrument whose money would not be whole is refused`() throws {
        #expect(throws: ListingFault.inexactMoney) {
            try Listings.instrument(.linearPerpetual, price: -4, quantity: -3)
        }
    }

    @Test func `a call settles at intrinsic value, a put of the same strike at nothing`() throws {
        let call = try Listings.instrument(
            .inverseOption, type: .call, settlement: Listings.bitcoin, price: -4, quantity: -1, strike: 6_000_000)
        let put = try Listings.instrument(
            .inverseOption, type: .put, settlement: Listings.bitcoin, price: -4, quantity: -1, strike: 6_000_000)

        // 0.1 BTC of (63486.06 − 60000) / 63486.06 coin, rounded down to a satoshi.
        let settled = Price(6_348_606)
        #expect(call.settlementAmount(of: Quantity(1), at: settled, of: Listings.bitcoin) == Balance(549_106))
        #expect(call.settlementAmount(of: Quantity(-1), at: settled, of: Listings.bitcoin) == Balance(-549_107))
        #expect(put.settlementAmount(of: Quantity(1), at: settled, of: Listings.bitcoin) == .zero)
    }

    @Test(arguments: [ContractKind.linearOption, .inverseOption])
    func `an option without type or strike is refused`(kind: ContractKind) throws {
        let settlement = kind == .linearOption ? Listings.dollar : Listings.bitcoin

        #expect(throws: ListingFault.optionTerms) {
            try Listings.instrument(kind, settlement: settlement, price: -4, quantity: -1, expiry: 1)
        }
    }

    @Test func `an inverse contract settles in its own coin only`() throws {
        #expect(throws: ListingFault.settlementAsset(AssetID(1))) {
            try Listings.instrument(.inversePerpetual, settlement: Listings.dollar, price: -1, quantity: 1)
        }
    }
}

enum Listings {
    static let dollar = asset(1, "USD", money: -6, price: 0, numeraire: true)
    static let bitcoin = asset(2, "BTC", money: -8, price: -2, index: true)

    private static func asset(
        _ id: UInt32, _ symbol: StaticString, money: Int8, price: Int8, numeraire: Bool = false, index: Bool = false
    ) -> Asset {
        let listing = AssetListed(
            asset: AssetID(id), symbol: Symbol(ascii: symbol), moneyExponent: Exponent(money),
            priceExponent: Exponent(price), isNumeraire: numeraire, isStablecoin: false, hasIndex: index)
        do { return try Asset(listing: listing) } catch { preconditionFailure("\(error)") }
    }

    static func instrument(
        _ kind: ContractKind, type: OptionType = .none, settlement: Asset = dollar, price: Int8, quantity: Int8,
        strike: Int64 = 0, expiry: Int64? = nil
    ) throws(ListingFault) -> Instrument {
        try Instrument(
            listing: InstrumentListed(
                instrument: InstrumentID(7), symbol: Symbol(ascii: "TEST"), kind: kind, optionType: type,
                underlying: bitcoin.id, settlementAsset: settlement.id, priceExponent: Exponent(price),
                quantityExponent: Exponent(quantity), strike: Price(strike),
                expiry: Timestamp(expiry ?? (type == .none ? 0 : 1))),
            underlying: bitcoin, settlement: settlement)
    }
}
