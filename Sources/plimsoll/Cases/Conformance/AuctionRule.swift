import MarginMethods
import MarginWire

extension CaseRule {
    /// Derive's liquidation auction at a moment, of both its methods.
    static let auction = CaseRule(name: "auction") { value, path throws(UnreadableCase) in
        let seconds = 0.0...1e9
        let fields = try CaseFields(
            value, at: path,
            keys: [
                "maintenanceBalance", "markToMarket", "reserved", "seconds", "slice", "securityModule", "startShare",
                "cutoffShare", "fastSeconds", "slowSeconds", "insolventSeconds", "buffer",
            ])
        var auction = DeriveAuction()
        func read(_ key: String, _ term: inout Double, _ range: ClosedRange<Double>) throws(UnreadableCase) {
            if fields.value(key) != nil { term = try fields.number(key, within: range) }
        }
        try read("startShare", &auction.startShare, 0...1)
        try read("cutoffShare", &auction.cutoffShare, 0...1)
        try read("fastSeconds", &auction.fastSeconds, 1...1e9)
        try read("slowSeconds", &auction.slowSeconds, 1...1e9)
        try read("insolventSeconds", &auction.insolventSeconds, 1...1e9)
        try read("buffer", &auction.buffer, 0...10)
        let account = DeriveAuction.Account(
            maintenanceBalance: try fields.number("maintenanceBalance"), worth: try fields.number("markToMarket"),
            reserved: try fields.number("reserved", omitted: 0))
        let time = try fields.number("seconds", within: seconds)
        guard account.isSolvent else {
            var slice = 1.0
            try read("slice", &slice, 0...1)
            let payout = auction.payout(for: account, at: time) * slice
            var table: [String: CaseFigures] = ["isSolvent": .flag(false), "payout": .number(payout)]
            if let module = try fields.givenNumber("securityModule") { table["isSocialised"] = .flag(module < payout) }
            return .table(table)
        }
        guard fields.value("securityModule") == nil else {
            throw fields.wrong("securityModule", "it pays for insolvent accounts alone")
        }
        let largest = auction.sliceMax(of: account, at: time)
        var slice = largest
        try read("slice", &slice, 0...1)
        let bid = auction.bid(for: account, at: time)
        return .table([
            "isSolvent": .flag(true), "share": .number(auction.share(at: time)), "bid": .number(bid),
            "bufferBalance": .number(auction.bufferBalance(account)), "sliceMax": .number(largest),
            "payment": .number(min(slice, largest) * bid),
        ])
    }
}
