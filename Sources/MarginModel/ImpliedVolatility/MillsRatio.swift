/// The Mills ratio of the normal distribution, `M(z) = N(−z)/φ(z)` for `z ≥ 0`, and what it falls by, `−M′(z)`.
///
/// `M(z) = ∫₀^∞ exp(−zu − u²/2) du`, so both are positive and fall like `1/z` and `1/z²`. The fits are our own: rational,
/// least squares at Chebyshev nodes reweighted towards equal errors, with 160 digits, for `0 ≤ z ≤ 2000`. All
/// coefficients are positive, so nothing cancels. Relative error of the fits 1e-17 and 2e-17; as computed, against
/// mpmath with 50 digits: at 30,000 points: below 1.3e-15.
enum MillsRatio {
    /// `M(z)`.
    static func value(_ z: Double) -> Double {
        var p = 8.249660751589769e-07
        p = p * z + 2.4230478506313454e-05
        p = p * z + 0.00035265967476490336
        p = p * z + 0.003297069333974213
        p = p * z + 0.02173611425220136
        p = p * z + 0.10506365170203073
        p = p * z + 0.376302043747306
        p = p * z + 0.9867426315065938
        p = p * z + 1.8196830352087319
        p = p * z + 2.1484798382562875
        p = p * z + 1.2533141373155003
        var q = 8.249660751589768e-07
        q = q * z + 2.4230478506313495e-05
        q = q * z + 0.0003534846408400452
        q = q * z + 0.003321299812483692
        q = q * z + 0.02208712399450087
        q = q * z + 0.10831226009831788
        q = q * z + 0.3973410875141755
        q = q * z + 1.0854544727663498
        q = q * z + 2.155977884988315
        q = q * z + 2.956281517282516
        q = q * z + 2.5121234529437966
        q = q * z + 1
        return p / q
    }

    /// `−M′(z) = 1 − z·M(z)`, by a fit of its own: the difference would lose its digits for large `z`.
    static func fall(_ z: Double) -> Double {
        var p = 2.495525249695832e-07
        p = p * z + 7.578251317202685e-06
        p = p * z + 0.0001159683335048016
        p = p * z + 0.0011550365337729593
        p = p * z + 0.008211465003312634
        p = p * z + 0.043326963702945094
        p = p * z + 0.17158346306672687
        p = p * z + 0.504442451149658
        p = p * z + 1.0591729451542264
        p = p * z + 1.4489541796374201
        p = p * z + 1
        var q = 2.495525249695832e-07
        q = q * z + 7.5782513172027105e-06
        q = q * z + 0.00011671699107969822
        q = q * z + 0.0011777712877270477
        q = q * z + 0.008557872688402805
        q = q * z + 0.0467466038150954
        q = q * z + 0.19553252842251334
        q = q * z + 0.6278114376922388
        q = q * z + 1.5294212167715433
        q = q * z + 2.747706637845036
        q = q * z + 3.4459640296112117
        q = q * z + 2.702268316952917
        q = q * z + 1
        return p / q
    }
}
