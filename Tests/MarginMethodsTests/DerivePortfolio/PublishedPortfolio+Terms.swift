extension PublishedPortfolio {
    /// Discounts, the basis, the floor of volatility, and the last seconds of an option.
    static let terms: [PublishedPortfolio] = [
        PublishedPortfolio(
            name: "50 discounting_simple_discounting", market: .eth,
            options: [.call(794_852, 100, 1.225482363870083, -1)],
            feeds: [PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 0.6)],
            initial: -3_079.347712, maintenance: -2_969.642877),
        PublishedPortfolio(
            name: "51 discounting_simple_discounting_long", market: .eth,
            options: [.call(794_852, 100, 1.225482363870083, 1)],
            feeds: [PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 2.5)],
            initial: 1_755.288439, maintenance: 1_889.283334),
        PublishedPortfolio(
            name: "52 discounting_multi_expiry_discounting", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, 1.5),
                .put(18_938_852, 120_000, 0.5665119096978181, 2.1),
                .put(11_076_452, 120_000, 0.5646450091750466, -4),
            ],
            feeds: [
                PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.2),
                PublishedPortfolio.Feed(11_076_452, 98_198.07812501276, rate: 0.1),
            ],
            initial: -94_908.870726, maintenance: -81_147.838523),
        PublishedPortfolio(
            name: "53 discounting_turn_off_discounting", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, 1.5),
                .put(18_938_852, 120_000, 0.5665119096978181, 2.1),
                .put(11_076_452, 120_000, 0.5646450091750466, -4),
            ],
            feeds: [
                PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.2),
                PublishedPortfolio.Feed(11_076_452, 98_198.07812501276, rate: 0.1),
            ],
            changed: ["shortRateFactor": 0, "shortRateAdditive": 0],
            initial: -94_908.870726, maintenance: -81_147.838523),
        PublishedPortfolio(
            name: "54 discounting_cap_mark_up_discounting", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: 0.2)],
            changed: ["shortRateFactor": 10, "shortRateAdditive": 1.2],
            initial: -10_000.000000, maintenance: -9_773.646806),
        PublishedPortfolio(
            name: "55 discounting_negative_rate", market: .btc,
            options: [
                .call(18_938_852, 100_000, 0.5543377511787965, -1),
                .call(18_938_852, 110_000, 0.5592157396329432, 1), .put(18_938_852, 100_000, 0.5543377511787965, 1),
                .put(18_938_852, 110_000, 0.5592157396329432, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 100_374.61000117072, rate: -1.2)],
            initial: -10_000.000000, maintenance: -10_000.000000),
        PublishedPortfolio(
            name: "56 forward_cont_forward_cont_1", market: .btc,
            options: [
                .put(18_938_852, 195_000, 0.06845127962854924, 0.01),
                .call(18_938_852, 1, 0.06845127962854924, -0.6),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 150_374.61000117072, rate: 0.2, volatilityConfidence: 1)],
            changed: ["basisAdditiveFactor": 4, "basisMultiplicativeFactor": 5],
            initial: -106_396.781788, maintenance: -100_983.458026),
        PublishedPortfolio(
            name: "57 forward_cont_forward_cont_2", market: .eth,
            collateral: [
                .lent("ETH", 0.1, at: 2_681.6029850999994, haircut: 0.015, extra: 0.005, isCancelling: true),
                .lent("BTC", 0.1, at: 95_663.50604855, haircut: 0.25, extra: 0.05),
                .lent("USDT", 300, at: 0.99984231175, haircut: 0.02, extra: 0.03),
            ],
            options: [
                .put(794_852, 4_000, 0.8795543651099665, 0.01), .call(794_852, 1_000, 1.225482363870083, -0.6),
                .put(18_938_852, 5_000, 0.7065777498085652, 0.01), .call(18_938_852, 500, 0.9537288427123918, -0.6),
            ],
            feeds: [
                PublishedPortfolio.Feed(794_852, 2_682.9997436016715, rate: 0.15000000000000002),
                PublishedPortfolio.Feed(18_938_852, 2_801.18485249767, rate: 0.29),
            ],
            changed: ["basisAdditiveFactor": 4, "basisMultiplicativeFactor": 5],
            initial: 4_314.521664, maintenance: 4_965.050821),
        PublishedPortfolio(
            name: "58 min_shock_min_eval_vol_shock", market: PublishedPortfolio.Market(spot: 2_500, confidence: 0.9),
            options: [.call(794_852, 2_500, 0.14679432572503934, -15)],
            feeds: [

                PublishedPortfolio.Feed(
                    794_852, 2_501.396758501672, rate: 0.15000000000000002, volatilityConfidence: 0.4)
            ],
            changed: ["volatilityFloor": 1],
            initial: -29_954.541759, maintenance: -5_997.725419),
        PublishedPortfolio(
            name: "59 min_shock_check_vol_bounded_at_0", market: .btc,
            options: [.call(794_852, 2_500, 0.15213047481388386, 1)],
            feeds: [

                PublishedPortfolio.Feed(
                    794_852, 95_776.67392708939, rate: 0.15000000000000002, volatilityConfidence: 0.4)
            ],
            changed: ["volatilityDown": 2],
            initial: 14_148.379310, maintenance: 75_822.124280),
        PublishedPortfolio(
            name: "60 settlement_near_expiry", market: .eth,
            options: [.call(1, 2_700, 0.6360190705815766, -1)],
            feeds: [PublishedPortfolio.Feed(1, 2_682.9997436016715, rate: 0.15000000000000002)],
            changed: ["volatilityFloor": 1],
            initial: -13.408015, maintenance: -8.044809),
        PublishedPortfolio(
            name: "66 misc_post_expiry", market: .eth,
            options: [.call(0, 2_500, 2_511.421980938193, -1)],
            feeds: [PublishedPortfolio.Feed(0, 2_691.6029850999994, rate: 0.22, volatilityConfidence: 1)],
            initial: -205.011000, maintenance: -199.647794),
        PublishedPortfolio(
            name: "68 misc_syn_forward", market: .eth,
            options: [
                .call(18_938_852, 2_500, 0.6486935978183301, 1), .put(18_938_852, 2_500, 0.6486935978183301, -1),
            ],
            feeds: [PublishedPortfolio.Feed(18_938_852, 2_801.18485249767, rate: 0.29)],
            changed: [
                "shortRateFactor": 0.2, "longRateFactor": 0.56, "shortRateAdditive": 0.05, "longRateAdditive": 0.11,
            ],
            initial: -189.287519, maintenance: -100.821105),
        PublishedPortfolio(
            name: "69 misc_change_dte_min", market: .eth,
            options: [.call(11_076_452, 2_500, 0.6545248452671644, -1)],
            feeds: [PublishedPortfolio.Feed(11_076_452, 2_745.2490272903915, rate: 0.27)],
            changed: ["dayFloor": 399],
            initial: -1_047.556954, maintenance: -933.132802),
        PublishedPortfolio(
            name: "70 misc_extreme_static_disc_neg_value", market: .eth,
            options: [.call(11_076_452, 2_500, 0.6545248452671644, -1)],
            feeds: [PublishedPortfolio.Feed(11_076_452, 2_745.2490272903915, rate: 0.27)],
            changed: ["shortDiscount": 3],
            initial: -1_069.038400, maintenance: -950.317959),
        PublishedPortfolio(
            name: "71 misc_super_itm_spread", market: .eth,
            options: [
                .call(3_214_052, 3_400, 0.7100390980266688, 1), .call(3_214_052, 3_500, 0.7206768281359544, -1),
            ],
            feeds: [PublishedPortfolio.Feed(3_214_052, 2_695.7814942763334, rate: 0.21000000000000002)],
            initial: -12.876524, maintenance: -5.790477),
    ]
}
