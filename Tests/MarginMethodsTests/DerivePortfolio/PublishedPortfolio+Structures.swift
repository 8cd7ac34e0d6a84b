extension PublishedPortfolio {
    /// Positions that options make together.
    static let structures: [PublishedPortfolio] = [
        PublishedPortfolio(
            name: "12 risk_cancelling_naked_short_call", market: .btc,
            options: [.call(794_852, 100_000, 0.453803924321583, -1)],
            feeds: [PublishedPortfolio.Feed(794_852, 95_776.67392708939, rate: 0.15000000000000002)],
            initial: -14_604.048120, maintenance: -11_824.858704),
        PublishedPortfolio(
            name: "18 structures_OTM_call_spread", market: .eth,
            options: [.call(794_852, 4_000, 0.8795543651099665, -1), .call(794_852, 4_200, 0.8833255402190362, 1)],
            feeds: [PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 0.15000000000000002)],
            initial: -35.758446, maintenance: -25.964048),
        PublishedPortfolio(
            name: "19 structures_ITM_call_spread", market: .eth,
            options: [.call(794_852, 2_000, 1.05566815917837, -1), .call(794_852, 2_200, 0.8887739594928362, 1)],
            feeds: [PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 0.15000000000000002)],
            initial: -213.405091, maintenance: -206.666421),
        PublishedPortfolio(
            name: "20 structures_basic_put", market: .btc,
            options: [.put(1_399_652, 100_000, 0.4547630768795904, -1)],
            feeds: [PublishedPortfolio.Feed(1_399_652, 95_923.63240250274, rate: 0.16999999999999998)],
            initial: -22_163.820440, maintenance: -18_851.840812),
        PublishedPortfolio(
            name: "21 structures_long_fly", market: .btc,
            options: [
                .call(1_399_652, 130_000, 0.6229030840863986, 1), .call(1_399_652, 135_000, 0.6501102038102702, -2),
                .call(1_399_652, 140_000, 0.6757824627327845, 1),
            ],
            feeds: [PublishedPortfolio.Feed(1_399_652, 95_923.63240250274, rate: 0.16999999999999998)],
            initial: -956.634956, maintenance: -572.416194),
        PublishedPortfolio(
            name: "22 structures_long_box", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, 1),
                .call(18_938_852, 110_000, 0.5592157396329432, -1),
                .put(18_938_852, 100_000, 0.5543377511787965, -1), .put(18_938_852, 110_000, 0.5592157396329432, 1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.1)],
            initial: 8_029.631388, maintenance: 8_307.131141),
        PublishedPortfolio(
            name: "23 structures_short_box", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.4)],
            initial: -9_676.886038, maintenance: -9_314.420326),
        PublishedPortfolio(
            name: "24 structures_short_box_capped", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.1)],
            changed: ["shortRateFactor": 3, "shortRateAdditive": 5],
            initial: -10_000.000000, maintenance: -9_883.426030),
        PublishedPortfolio(
            name: "25 structures_risk_reversal_dn", market: PublishedPortfolio.Market(spot: 2_681),
            perpetual: PublishedPortfolio.Perpetual(size: -0.354, price: 2_681),
            options: [.call(1_399_652, 3_100, 0.6826604391503175, 1), .put(1_399_652, 2_375, 0.689188821287917, -1)],
            feeds: [PublishedPortfolio.Feed(1_399_652, 2_687.1439750528034, rate: 0.16999999999999998)],
            initial: -151.786105, maintenance: -118.851266),
        PublishedPortfolio(
            name: "26 structures_vega_neutral_fly", market: PublishedPortfolio.Market(spot: 2_681.6029),
            options: [
                .call(1_399_652, 2_700, 0.6398630842802469, 0.664453),
                .put(1_399_652, 2_700, 0.6398630842802469, 0.664453),
                .call(1_399_652, 3_100, 0.6825566477354112, -1), .put(1_399_652, 2_375, 0.6893699644105598, -1),
            ],
            feeds: [PublishedPortfolio.Feed(1_399_652, 2_687.7468750528033, rate: 0)],
            changed: ["longDiscount": 1],
            initial: 39.634541, maintenance: 60.529858),
        PublishedPortfolio(
            name: "27 structures_revert_20_short_box", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0)],
            changed: ["longDiscount": 1],
            initial: -10_000.000000, maintenance: -10_000.000000),
        PublishedPortfolio(
            name: "28 structures_marking_up", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 3)],
            changed: ["longDiscount": 1],
            initial: -4_432.789123, maintenance: -3_876.286952),
        PublishedPortfolio(
            name: "46 v20_remnants_v20_test_2_long_call", market: .eth,
            options: [.call(3_214_052, 2_700, 0.6425252744469268, 1)],
            feeds: [PublishedPortfolio.Feed(3_214_052, 2_695.7814942763334, rate: 0.21000000000000002)],
            initial: 29.655702, maintenance: 66.457044),
        PublishedPortfolio(
            name: "47 v20_remnants_v20_test_3_itm_call_spread", market: .eth,
            options: [
                .call(3_214_052, 1_700, 0.8966023588167313, 1), .call(3_214_052, 1_800, 0.8513246315176375, -1),
            ],
            feeds: [PublishedPortfolio.Feed(3_214_052, 2_695.7814942763334, rate: 0.21000000000000002)],
            initial: 56.987844, maintenance: 67.024534),
        PublishedPortfolio(
            name: "48 v20_remnants_v20_test_5_low_BTC_conf_no_impact", market: .eth,
            options: [
                .call(3_214_052, 1_700, 0.8966023588167313, 1), .call(3_214_052, 1_800, 0.8513246315176375, -1),
            ],
            feeds: [PublishedPortfolio.Feed(3_214_052, 2_695.7814942763334, rate: 0.21000000000000002)],
            initial: 56.987844, maintenance: 67.024534),
        PublishedPortfolio(
            name: "49 v20_remnants_v20_test_6_low_perp_conf_no_impact",
            market: PublishedPortfolio.Market(spot: 3_000, confidence: 0.2),
            options: [.call(3_214_052, 1_700, 0.981510069021587, 1), .call(3_214_052, 1_800, 0.938667615013681, -1)],
            feeds: [PublishedPortfolio.Feed(3_214_052, 3_014.178509176334, rate: 0.21000000000000002)],
            initial: -4_740.496330, maintenance: 69.652881),
    ]
}
