import MarginMethods

extension BacktestReport {
    /// A mutual pool under the default model.
    struct MutualRow: Encodable {
        var pool: String
        var days: Int
        var ratio: Double
        var ratioRange: [Double]
        var moneyRatio: Double
        var pledgeRatio: Double
        var beta: Double
        var betaRange: [Double]
        var inexactDays: Int
        var fencedForUtilisation: Double
        var fencedForConcentration: Double
        var shareRise: Double
        var standAloneRise: Double
        /// After one day, and after two.
        var horizons: [Horizon]

        struct Horizon: Encodable {
            var beyondShare: Int
            var beyondStandAlone: Int
            var uncovered: Int
            var uncoveredWithMoney: Int
            var worstShortfall: Double
            var worstShortfallAlone: Double
        }

        init(_ study: MutualStudy) {
            pool = study.name
            days = study.days
            ratio = study.ratio
            ratioRange = [study.ratioRange.lowerBound, study.ratioRange.upperBound]
            moneyRatio = study.moneyRatio
            pledgeRatio = study.pledgeRatio
            beta = study.beta
            betaRange = [study.betaRange.lowerBound, study.betaRange.upperBound]
            inexactDays = study.inexactDays
            fencedForUtilisation = study.fencedForUtilisation
            fencedForConcentration = study.fencedForConcentration
            shareRise = study.shareRise
            standAloneRise = study.standAloneRise
            horizons = study.horizons.map {
                Horizon(
                    beyondShare: $0.beyondShare, beyondStandAlone: $0.beyondStandAlone, uncovered: $0.uncovered,
                    uncoveredWithMoney: $0.uncoveredWithMoney, worstShortfall: $0.worstShortfall,
                    worstShortfallAlone: $0.worstShortfallAlone)
            }
        }
    }
}
