import MarginMethods
import MarginModel
import Testing

/// Figures of `protocol/x/clob/keeper/liquidations_test.go` of dydxprotocol/v4-chain at 84d4664b: BTC at 50,000 dollars,
/// 20 % initial and 10 % maintenance margin, a tenth of a bitcoin.
@Suite struct DydxLiquidationTests {
    private static let market = DydxMarket(tier: "", atomicResolution: -8, priceExponent: -5)
    private static let tier = DydxTier(initialMarginPpm: 200_000, maintenanceFractionPpm: 500_000)
    private static let tenth: Int128 = 10_000_000
    private static let dollar: Int128 = 1_000_000

    private static func risk(_ quantums: Int128) throws -> DydxRisk {
        try DydxRisk(quantums: quantums, price: 5_000_000_000, market: market, tier: tier, openInterest: 0)
    }

    private static func liquidation(dollars: Int128, quantums: Int128) throws -> DydxLiquidation {
        let position = try risk(quantums)
        let balance = DydxRisk(netCollateral: dollars * dollar)
        return DydxLiquidation(account: try position.adding(balance), quantums: quantums, position: position)
    }

    @Test(arguments: [
        (dollars: Int128(-4501), sign: Int128(1), adjustment: 1_000_000, spread: 100_000, price: Int128(49_999)),
        (-4501, 1, 2_000_000, 100_000, 49_998), (-4501, 1, 1_000_000, 200_000, 49_998),
        (5499, -1, 1_000_000, 100_000, 50_001),
    ])
    func `the fillable price leaves a spread of the maintenance margin`(
        dollars: Int128, sign: Int128, adjustment: Int, spread: Int, price: Int128
    ) throws {
        let liquidation = try Self.liquidation(dollars: dollars, quantums: sign * Self.tenth)

        let fillable = try liquidation.fillablePrice(
            bankruptcyAdjustmentPpm: adjustment, spreadToMaintenancePpm: spread)

        // Quote quantums of one bitcoin, which has ten tenths.
        #expect(fillable.isExactly(price * Self.dollar, per: 10 * Self.tenth))
        #expect(!fillable.isExactly(price * Self.dollar + 1, per: 10 * Self.tenth))
    }

    @Test(arguments: [
        (dollars: Int128(-4501), sign: Int128(1), kept: Int128(0), quote: Int128(4501)), (5499, -1, 0, -5499),
        (-5000, 1, 0, 5000), (-5000, 1, 2, 2500), (5000, -1, 0, -5000), (5000, -1, 2, -2500),
    ])
    func `the bankruptcy price leaves an account with nothing`(
        dollars: Int128, sign: Int128, kept: Int128, quote: Int128
    ) throws {
        let liquidation = try Self.liquidation(dollars: dollars, quantums: sign * Self.tenth)

        let remaining = try Self.risk(kept == 0 ? 0 : sign * Self.tenth / kept)

        #expect(try liquidation.bankruptcyQuote(remaining: remaining) == quote * Self.dollar)
    }

    @Test func `accounts order by collateral over maintenance margin`() {
        func risk(_ collateral: Int128, _ maintenance: Int128) -> DydxRisk {
            DydxRisk(netCollateral: collateral, maintenanceMargin: maintenance)
        }

        for worse in [risk(100, 100), risk(0, 100), risk(-100, 100)] { #expect(worse.isRiskier(than: risk(100, 50))) }
        #expect(risk(-100, 100).isRiskier(than: risk(-100, 150)))
        #expect(risk(100, 150).isRiskier(than: risk(100, 100)))
        #expect(!risk(100, 100).isRiskier(than: risk(100, 100)))
        let huge = Int128.max
        #expect(risk(huge - 1, huge).isRiskier(than: risk(huge, huge)))
    }

    @Test func `an account is liquidatable below a maintenance margin that it needs`() {
        #expect(DydxRisk(netCollateral: 99, maintenanceMargin: 100).isLiquidatable)
        #expect(!DydxRisk(netCollateral: 100, maintenanceMargin: 100).isLiquidatable)
        #expect(!DydxRisk(netCollateral: -1, maintenanceMargin: 0).isLiquidatable)
        #expect(DydxRisk(netCollateral: 100, initialMargin: 100).isInitiallyCollateralized)
    }

    @Test func `no position, no price`() throws {
        let none = DydxLiquidation(account: DydxRisk(), quantums: 0, position: DydxRisk())

        #expect(throws: MethodFault.missing("the position to liquidate")) { try none.fillablePrice() }
        #expect(throws: MethodFault.missing("maintenance margin of the account")) {
            try none.bankruptcyQuote(remaining: DydxRisk())
        }
    }
}
