extension PublishedPortfolio {
    /// Cash, collateral and perpetuals.
    static let collateral: [PublishedPortfolio] = [
        PublishedPortfolio(
            name: "1 collateral_cash_only", market: .eth,
            cash: 1_000,
            initial: 1_000.000000, maintenance: 1_000.000000),
        PublishedPortfolio(
            name: "2 collateral_usdt_only", market: .btc,
            collateral: [.lent("USDT", 1_000, at: 0.99984231175, haircut: 0.02, extra: 0.03)],
            initial: 949.668917, maintenance: 979.658462),
        PublishedPortfolio(
            name: "3 collateral_multiple_stables", market: .eth,
            cash: 400,
            collateral: [
                .lent("USDT", 1_000, at: 0.99984231175, haircut: 0.02, extra: 0.03),
                .lent("SUSDE", 10_000, at: 1.1535919698481871, haircut: 0.25, extra: 0.1),
            ],
            initial: 8_846.585662, maintenance: 10_029.947014),
        PublishedPortfolio(
            name: "10 collateral_negative_margin_from_collateral", market: .eth,
            collateral: [.lent("RSWETH", 1, at: 2_765.7082515126017, haircut: 1, extra: 0, isCancelling: true)],
            initial: -497.732475, maintenance: -398.185980),
        PublishedPortfolio(
            name: "11 collateral_usdc_depeg_only_cash",
            market: PublishedPortfolio.Market(spot: 2_681.6029850999994, stablecoin: 0.52),
            cash: 1_000,
            initial: 1_000.000000, maintenance: 1_000.000000),
        PublishedPortfolio(
            name: "13 risk_cancelling_btc_covered_call", market: .btc,
            collateral: [.lent("BTC", 1, at: 95_663.50604855, haircut: 0.02, extra: 0.01, isCancelling: true)],
            options: [.call(794_852, 100_000, 0.453803924321583, -2)],
            feeds: [PublishedPortfolio.Feed(794_852, 95_776.67392708939, rate: 0.15000000000000002)],
            initial: 74_395.669643, maintenance: 78_744.926029),
        PublishedPortfolio(
            name: "14 risk_cancelling_lrt_covered_call", market: .btc,
            collateral: [.lent("CBBTC", 1, at: 95_621.88912023272, haircut: 0.04, extra: 0.015, isCancelling: true)],
            options: [.call(794_852, 100_000, 0.453803924321583, -2)],
            feeds: [PublishedPortfolio.Feed(794_852, 95_776.67392708939, rate: 0.15000000000000002)],
            initial: 71_972.707552, maintenance: 76_798.068123),
        PublishedPortfolio(
            name: "15 risk_cancelling_eth_call_with_btc_collat", market: .eth,
            collateral: [.lent("LBTC", 0.4, at: 95_569.65243595604, haircut: 0.3, extra: 0.05)],
            options: [.call(794_852, 3_200, 0.7437518616241603, -4)],
            feeds: [PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 0.15000000000000002)],
            initial: 23_830.914596, maintenance: 25_946.947434),
        PublishedPortfolio(
            name: "17 risk_cancelling_revert_risk_cancelling_to_2", market: .btc,
            collateral: [
                .lent("LBTC", 0.4, at: 95_569.65243595604, haircut: 0.3, extra: 0.05),
                .lent("BTC", 0, at: 95_663.50604855, haircut: 0.015, extra: 0.005, isCancelling: true),
            ],
            options: [.call(3_214_052, 120_000, 0.5654200442695773, -1)],
            feeds: [PublishedPortfolio.Feed(3_214_052, 96_248.76561417685, rate: 0.21000000000000002)],
            initial: 14_856.833478, maintenance: 18_657.715415),
        PublishedPortfolio(
            name: "29 perps_basic_perp", market: PublishedPortfolio.Market(spot: 3_000),
            perpetual: PublishedPortfolio.Perpetual(size: 1, price: 3_100, funding: 10),
            initial: -608.000000, maintenance: -481.400000),
        PublishedPortfolio(
            name: "30 perps_basic_perp_low_confidence",
            market: PublishedPortfolio.Market(spot: 3_000, confidence: 0.2),
            perpetual: PublishedPortfolio.Perpetual(size: 1, price: 2_500, confidence: 0.1, profit: -600, funding: -10),
            initial: -3_820.000000, maintenance: -1_015.000000),
        PublishedPortfolio(
            name: "31 perps_basic_perp_low_confidence_2",
            market: PublishedPortfolio.Market(spot: 3_000, confidence: 0.2),
            perpetual: PublishedPortfolio.Perpetual(size: -1, price: 4_000, confidence: 0.1, profit: -900),
            initial: -4_380.000000, maintenance: -1_521.000000),
        PublishedPortfolio(
            name: "32 perps_perp_hedging", market: PublishedPortfolio.Market(spot: 100_000, confidence: 0.2),
            perpetual: PublishedPortfolio.Perpetual(size: -1, price: 100_000, confidence: 0.1),
            collateral: [.lent("LBTC", 1, at: 100_000, haircut: 0.03, extra: 0.015, isCancelling: true)],
            initial: -76_506.393472, maintenance: 95_478.739319),
        PublishedPortfolio(
            name: "33 perps_general_perp_hedging", market: PublishedPortfolio.Market(spot: 3_000, confidence: 0.2),
            perpetual: PublishedPortfolio.Perpetual(size: -1, price: 100_000, confidence: 0.1),
            collateral: [.lent("BTC", 1, at: 3_000, haircut: 0.02, extra: 0.01, isCancelling: true, confidence: 0.2)],
            options: [.put(794_852, 100_000, 0.6701175743327585, 10)],
            feeds: [PublishedPortfolio.Feed(794_852, 3_113.1678785393888, rate: 0.15000000000000002)],
            initial: 859_668.419035, maintenance: 907_071.701448),
    ]
}
