public import MarginDomain

extension PoolAgreement {
    /// The terms of a mutual pool as the event that announces them; `MutualTerms(_:)` reads them back.
    ///
    /// - Parameter digest: SHA-256 of the signed text; empty among affiliates.
    public init(_ terms: MutualTerms, as id: AgreementID, version: ParameterVersion, signed digest: String) {
        self.init(
            agreement: id, kind: .mutual, version: version, betaMax: terms.betaMax, affiliates: terms.affiliates,
            contributionShare: terms.contributionShare, pledgeMultiple: terms.pledgeMultiple, termsDigest: digest,
            model: .empty, ringFenceUtilisation: terms.ringFenceUtilisation, ringFenceTail: terms.ringFenceTail,
            coverTwoAbove: UInt64(clamping: terms.coverTwoAbove), ramp: terms.ramp, exitNotice: terms.exitNotice,
            contributionHold: terms.contributionHold)
    }
}
