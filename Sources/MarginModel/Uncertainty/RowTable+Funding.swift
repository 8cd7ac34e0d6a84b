import CMarginKernels
import MarginDomain

/// What a pool may have to pay in funding until there was time to act: docs/margin-model.md §8.
extension RowTable {
    /// Takes over the funding rates of the perpetuals, limited.
    mutating func takeFunding(_ contracts: ContractTable, _ market: UnderlyingMarket, cap: Int64) {
        fundingOfRow = [Int64](repeating: 0, count: contracts.instruments.count)
        hasFunding = false
        for group in contracts.groups where group.expiry == .zero {
            for row in group.markedRows {
                guard let instrument = contracts.instruments[row], let published = market.funding(of: instrument.id)
                else { continue }
                fundingOfRow[row] = min(max(published.rate.billionths, -cap), cap)
                if fundingOfRow[row] != 0 { hasFunding = true }
            }
        }
    }

    /// `⌈max(0, Σ q_i·ψ_i·Δ°_i)⌉`, exact.
    ///
    /// - Precondition: the sums of these positions are exact.
    func funding(of positions: some Sequence<(row: Int, lots: Double)>) -> Double {
        guard hasFunding else { return 0 }
        var billionths: Int128 = 0
        // A row that came since the cut has no numbers.
        for position in positions where position.row < fundingOfRow.count && fundingOfRow[position.row] != 0 {
            let own = position.lots * vector(position.row, mk_centre)[mk_centre_own_delta]
            billionths += Int128(Int64(own)) * Int128(fundingOfRow[position.row])
        }
        return billionths > 0 ? Double(Int64(Rounding.up(billionths, dividedBy: Int128(Rate.scale)))) : 0
    }
}

extension UnderlyingBook {
    /// `ψ_i` of a perpetual, a fraction.
    func funding(of instrument: InstrumentID) -> Double {
        guard let row = contracts.row(of: instrument), row < table.fundingOfRow.count else { return 0 }
        return Rate(table.fundingOfRow[row]).fraction
    }

    /// Of a section: its perpetuals come first.
    func funding(of section: Int) -> Double {
        guard table.hasFunding else { return 0 }
        return table.funding(
            of: arena.positions(section).lazy.map { (row: Int(arena.rowAt[$0]), lots: arena.lots[$0]) })
    }
}
