extension StandardBook {
    /// Long and short of each coin, both sides of a pair of BTC and ETH, both sides of an equal basket: the books of
    /// the comparison of docs/risk-quality.md §2, each with a gross notional of 1.
    public static func linear(_ coins: [String]) -> [StandardBook] {
        let outright = coins.flatMap { coin in
            [
                StandardBook("\(coin) long", [.perpetual(coin, size: 1)]),
                StandardBook("\(coin) short", [.perpetual(coin, size: -1)]),
            ]
        }
        let pairs = [("BTC/ETH pair", 0.5), ("ETH/BTC pair", -0.5)].map { name, size in
            StandardBook(name, [.perpetual("BTC", size: size), .perpetual("ETH", size: -size)])
        }
        let baskets = [("basket long", 1.0), ("basket short", -1.0)].map { name, sign in
            StandardBook(name, coins.map { .perpetual($0, size: sign / Double(coins.count)) })
        }
        return outright + pairs + baskets
    }

    /// Books of options on one coin, each of one contract on one coin a leg.
    public static func options(_ coin: String) -> [StandardBook] {
        func option(_ right: Black76.Right, _ days: Double, _ strike: Double, _ size: Double) -> Leg {
            .option(coin, right, days: days, strike: strike, size: size)
        }
        let straddle = [option(.call, 30, 1, 1), option(.put, 30, 1, 1), .hedge(coin)]
        return [
            StandardBook("long straddle, delta-neutral", straddle),
            StandardBook(
                "short straddle, delta-neutral",
                [option(.call, 30, 1, -1), option(.put, 30, 1, -1), .hedge(coin)]),
            StandardBook("short strangle", [option(.call, 30, 1.15, -1), option(.put, 30, 0.85, -1)]),
            StandardBook("long calendar", [option(.call, 90, 1, 1), option(.call, 30, 1, -1)]),
            StandardBook("short calendar", [option(.call, 90, 1, -1), option(.call, 30, 1, 1)]),
            StandardBook("covered call", [.perpetual(coin, size: 1), option(.call, 30, 1.1, -1)]),
        ]
    }
}
