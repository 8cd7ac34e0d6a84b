extension PublishedStandardCase {
    /// The cases without the book of sixty options.
    static let small: [PublishedStandardCase] = [
        PublishedStandardCase(
            name: "Test1",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -304.371585, maintenance: -191.871585),
        PublishedStandardCase(
            name: "Test2",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test3",
            options: [.call("ETH", 500_400, 1_900, 1.179993832279, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -156.008262, maintenance: -118.508262),
        PublishedStandardCase(
            name: "Test4",
            options: [.put("ETH", 500_400, 1_300, 1.08318941551, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -164.322794, maintenance: -126.822794),
        PublishedStandardCase(
            name: "Test5",
            options: [
                .call("ETH", 500_400, 1_100, 1.198874027187, -1),
                .call("ETH", 500_400, 1_300, 1.08318941551, 1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -200.000000, maintenance: -200.000000),
        PublishedStandardCase(
            name: "Test6",
            options: [
                .call("ETH", 500_400, 1_900, 1.179993832279, 1),
                .call("ETH", 500_400, 1_700, 1.116354471205, -1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -173.104014, maintenance: -135.604014),
        PublishedStandardCase(
            name: "Test7",
            options: [
                .call("ETH", 500_400, 1_200, 1.138939398828, 1),
                .call("ETH", 500_400, 1_000, 1.262012129932, -1),
                .call("ETH", 500_400, 2_500, 1.326538658031, -0.1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -380.099994, maintenance: -365.091661),
        PublishedStandardCase(
            name: "Test8",
            spotConfidence: 0.3, perpetualConfidence: 1,
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test9",
            spotConfidence: 0.1, perpetualConfidence: 1,
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test10",
            spotConfidence: 0.8, perpetualConfidence: 1,
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -304.371585, maintenance: -191.871585),
        PublishedStandardCase(
            name: "Test11",
            spotConfidence: 0.8, perpetualConfidence: 0.3,
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test12",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [
                PublishedStandardCase.Feed(
                    "ETH", 500_400, 1_500.833279310994, confidence: 0.4, volatilityConfidence: 0.4)
            ],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test13",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [
                PublishedStandardCase.Feed(
                    "ETH", 500_400, 1_500.833279310994, confidence: 0.4, volatilityConfidence: 0.1)
            ],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test14",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test15",
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, 1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test16",
            stablecoinPrice: 0.3,
            options: [.call("ETH", 500_400, 1_500, 1.047884494085, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -1_528.371585, maintenance: -191.871585),
        PublishedStandardCase(
            name: "Test17",
            perpetuals: [.entered(1, at: 1_535, funding: 10)],
            initial: -117.825000, maintenance: -95.250000),
        PublishedStandardCase(
            name: "Test18",
            ether: 1,
            initial: 150.000000, maintenance: 150.000000),
        PublishedStandardCase(
            name: "Test19",
            ether: 1,
            options: [.call("ETH", 500_400, 1_800, 1.149296483209, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -11.877712, maintenance: 25.622288),
        PublishedStandardCase(
            name: "Test20",
            spotConfidence: 0.15, perpetualConfidence: 1,
            ether: 1,
            initial: -360.000000, maintenance: 150.000000),
        PublishedStandardCase(
            name: "Test21",
            options: [.put("ETH", 500_400, 4_500, 1.597344442229, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -3_385.309438, maintenance: -3_224.104227),
        PublishedStandardCase(
            name: "Test22",
            options: [
                .call("ETH", 500_400, 1_500, 1.047884494085, -1),
                .put("ETH", 500_400, 1_500, 1.047884494085, 1),
                .call("ETH", 500_400, 2_500, 1.326538658031, 1),
                .put("ETH", 500_400, 2_500, 1.326538658031, -1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: -1_000.000000, maintenance: -1_000.000000),
        PublishedStandardCase(
            name: "Test23",
            options: [
                .call("ETH", 500_400, 1_500, 1.047884494085, 1),
                .put("ETH", 500_400, 1_500, 1.047884494085, -1),
                .call("ETH", 500_400, 1_600, 1.081482216318, -1),
                .put("ETH", 500_400, 1_600, 1.081482216318, 1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 500_400, 1_500.833279310994)],
            initial: 0.000000, maintenance: 0.000000),
        PublishedStandardCase(
            name: "Test24",
            options: [.call("ETH", 900, 1_500, 1.048124566816, -1)],
            feeds: [PublishedStandardCase.Feed("ETH", 900, 1_450.168707905438)],
            initial: -225.000000, maintenance: -112.500000),
        PublishedStandardCase(
            name: "Test25",
            options: [
                .call("ETH", 900, 1_200, 1.138552060954, 1),
                .call("ETH", 900, 1_000, 1.261652886174, -1),
                .call("ETH", 900, 2_500, 1.326819474341, -0.1),
            ],
            feeds: [PublishedStandardCase.Feed("ETH", 900, 1_450.168707905438)],
            initial: -374.020245, maintenance: -359.518558),
        PublishedStandardCase(
            name: "Test26",
            options: [
                .call("ETH", 1_191_600, 1_200, 1.139475314616, 3),
                .call("ETH", 1_191_600, 1_000, 1.262509093213, -1),
                .put("BTC", 2_487_600, 28_999.999999999996, 1.064018976887, -2.1),
                .put("BTC", 2_487_600, 34_000, 1.154802691703, 2.1),
            ],
            feeds: [
                PublishedStandardCase.Feed("ETH", 1_191_600, 1_501.985045187196),
                PublishedStandardCase.Feed("BTC", 2_487_600, 28_077.410462932843),
            ],
            initial: -200.000000, maintenance: -200.000000),
        PublishedStandardCase(
            name: "Test27",
            options: [
                .call("BTC", 500_400, 18_000, 1.28537916005, -1),
                .call("BTC", 500_400, 23_000.000000000004, 1.120434399845, 1),
            ],
            feeds: [PublishedStandardCase.Feed("BTC", 500_400, 28_015.554547138552)],
            initial: -5_000.000000, maintenance: -5_000.000000),
    ]
}
