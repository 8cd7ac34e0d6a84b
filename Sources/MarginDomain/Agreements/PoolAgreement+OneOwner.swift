extension PoolAgreement {
    /// An agreement of one owner, whose accounts are netted: it has no terms.
    ///
    /// - Parameter model: what margins pools under it; empty = the default model.
    public init(oneOwner agreement: AgreementID, version: ParameterVersion, model: Symbol = .empty) {
        self.init(
            agreement: agreement, kind: .oneOwner, version: version, betaMax: .zero, affiliates: false,
            contributionShare: .zero, pledgeMultiple: .zero, termsDigest: "", model: model,
            ringFenceUtilisation: .zero, ringFenceTail: .zero, coverTwoAbove: 0, ramp: .zero, exitNotice: .zero,
            contributionHold: .zero)
    }
}
