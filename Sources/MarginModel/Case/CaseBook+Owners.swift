import CMarginKernels
import MarginDomain

extension MarginCase.Underlying {
    /// Dollars open in the whole market: a contract counts a unit of the underlying.
    var interest: Double { openInterest.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } * spot }
}

extension CaseBook {
    /// The extra moves that the size of members together makes, as one owner's.
    func ownerRates(of members: [Int]) -> [AssetID: OwnerRates] {
        var rates: [AssetID: OwnerRates] = [:]
        for table in tables where isExposed(table, members) {
            let sums = ExposureArena(positions(table, members), coin: coin(table, members), table.rows).sums[0]
            rates[table.asset] = table.rows.ownerRates(
                net: abs(sums.delta + sums.coin), contracts: abs(sums.own_delta), parameters.addOns)
        }
        return rates
    }

    /// Charges a section for its owner's size, in quanta.
    func charge(_ sums: mk_sums, _ table: Table, _ rates: [AssetID: OwnerRates], _ requirement: inout Requirement) {
        guard let own = rates[table.asset] else { return }
        requirement.liquidity += own.liquidity * abs(sums.delta + sums.coin)
        requirement.concentration += own.concentration * abs(sums.own_delta)
    }

    /// `max(0, Σ q_i·ψ_i·Δ°_i)`, of the perpetuals.
    func funding(_ table: Table, _ members: [Int]) -> Double {
        let cap = parameters.addOns.fundingCap
        let rate = min(max(table.market.fundingRate, -cap), cap)
        guard rate != 0 else { return 0 }
        let own = positions(table, members).filter { table.rows.groupOfRow[$0.row] == 0 }.reduce(0.0) {
            $0 + $1.lots * table.rows.vector($1.row, mk_centre)[mk_centre_own_delta]
        }
        return max(0, own * rate)
    }
}
