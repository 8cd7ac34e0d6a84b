import CMarginKernels
import MarginTestKit
import Testing

/// Undiscounted Black-76 values from mpmath 1.3 with 60 digits: N(x) = erfc(−x/√2)/2, call F·N(d₁) − K·N(d₂), put
/// K·N(−d₂) − F·N(−d₁). Volatilities of 1, 10, 35, 80, 200 and 500 %, terms of 1 and 7 days, 3 months and 3 years,
/// ln(F/K) drawn uniformly between ±6 standard deviations (Python's generator, seed 76).
@Suite struct BlackReferenceTests {
    @Test(arguments: references)
    func `option values agree with multiprecision to 1e-14 of the larger of forward and strike`(_ case: Reference) {
        let logMoneyness = mk_logarithm(`case`.forward / `case`.strike)
        let unit = max(`case`.forward, `case`.strike)

        let call = mk_black(1, `case`.forward, `case`.strike, logMoneyness, `case`.deviation)
        let put = mk_black(-1, `case`.forward, `case`.strike, logMoneyness, `case`.deviation)

        #expect(abs(call - `case`.call) <= 1e-14 * unit)
        #expect(abs(put - `case`.put) <= 1e-14 * unit)
    }

    @Test(arguments: references)
    func `the twin gives the same bits as the kernel`(_ case: Reference) {
        let logMoneyness = mk_logarithm(`case`.forward / `case`.strike)
        for (isCall, sign) in [(true, 1.0), (false, -1.0)] {
            #expect(
                mk_black(sign, `case`.forward, `case`.strike, logMoneyness, `case`.deviation)
                    == NaiveBlack76.black(
                        isCall: isCall, forward: `case`.forward, strike: `case`.strike, logMoneyness: logMoneyness,
                        deviation: `case`.deviation))
        }
    }

    @Test func `an option without time is worth its intrinsic value`() {
        for deviation in [0, 1e-13, 1e-12] {
            #expect(mk_black(1, 110, 100, mk_logarithm(1.1), deviation) == 10)
            #expect(mk_black(1, 90, 100, mk_logarithm(0.9), deviation) == 0)
            #expect(mk_black(-1, 90, 100, mk_logarithm(0.9), deviation) == 10)
            #expect(mk_black(-1, 100, 100, 0, deviation) == 0)
        }
    }
}

struct Reference: Sendable {
    let forward: Double
    let strike: Double
    let deviation: Double
    let call: Double
    let put: Double
}

private let references: [Reference] = [
    Reference(
        forward: 97000.5, strike: 97079.39784170505, deviation: 0.0005234239225902137,
        call: 1.3167519191100078, put: 8.0214593624163005e1),
    Reference(
        forward: 2500.0, strike: 2547.5473546969347, deviation: 0.005234239225902137,
        call: 5.1780637025868534e-4, put: 4.7547872503304949e1),
    Reference(
        forward: 1.0, strike: 1.103314762867769, deviation: 0.01831983729065748,
        call: 1.3508758861793451e-10, put: 1.0331476300285667e-1),
    Reference(
        forward: 97000.5, strike: 108250.02193537165, deviation: 0.0418739138072171,
        call: 5.8836641049355103, put: 1.1255405599476588e4),
    Reference(
        forward: 7.12e-06, strike: 7.21254654545341e-06, deviation: 0.10468478451804274,
        call: 2.551478750858578e-7, put: 3.476944205392679e-7),
    Reference(
        forward: 2500.0, strike: 4202.029689773249, deviation: 0.2617119612951068,
        call: 7.4635254355171924, put: 1.7094932152087659e3),
    Reference(
        forward: 7.12e-06, strike: 7.1523248249451e-06, deviation: 0.0013848495294356286,
        call: 1.4041097751307493e-12, put: 3.2326229054875796e-8),
    Reference(
        forward: 97000.5, strike: 105271.18922096308, deviation: 0.013848495294356286,
        call: 3.8823418807505832e-7, put: 8.2706892213513092e3),
    Reference(
        forward: 97000.5, strike: 92045.21955543605, deviation: 0.048469733530247,
        call: 5.280943859224865e3, put: 3.2566341466091648e2),
    Reference(
        forward: 2500.0, strike: 1810.2852592127165, deviation: 0.11078796235485029,
        call: 6.8983633817424234e2, put: 1.2159738695882475e-1),
    Reference(
        forward: 7.12e-06, strike: 6.1880469806702144e-06, deviation: 0.2769699058871257,
        call: 1.2901493422316877e-6, put: 3.5819632290190255e-7),
    Reference(
        forward: 97000.5, strike: 3639415.9820118635, deviation: 0.6924247647178143,
        call: 5.7444915149608185e-3, put: 3.542415487756355e6),
    Reference(
        forward: 1.0, strike: 1.021100425532237, deviation: 0.005,
        call: 1.6299883800999393e-8, put: 2.11004418321207e-2),
    Reference(
        forward: 7.12e-06, strike: 6.567223825934456e-06, deviation: 0.05,
        call: 5.6041991058404217e-7, put: 7.6437365184985581e-9),
    Reference(
        forward: 2500.0, strike: 1508.518480047352, deviation: 0.175,
        call: 9.9167362519307488e2, put: 1.9210524042699384e-1),
    Reference(
        forward: 7.12e-06, strike: 3.0015447569219417e-06, deviation: 0.4,
        call: 4.128428785929461e-6, put: 9.9735428514030757e-9),
    Reference(
        forward: 7.12e-06, strike: 8.844117970432415e-08, deviation: 1.0,
        call: 7.0315596634191534e-6, put: 8.4312347798166952e-13),
    Reference(
        forward: 1.0, strike: 2129744.1467543184, deviation: 2.5,
        call: 7.8984611169485694e-7, put: 2.1297431467551082e6),
    Reference(
        forward: 97000.5, strike: 91084.44758271947, deviation: 0.017320508075688773,
        call: 5.9161080155461625e3, put: 5.5598265631717526e-2),
    Reference(
        forward: 97000.5, strike: 97113.57643960079, deviation: 0.17320508075688773,
        call: 6.6417669665231566e3, put: 6.7548434061239437e3),
    Reference(
        forward: 97000.5, strike: 144583.8283824163, deviation: 0.606217782649107,
        call: 1.0723691724678765e4, put: 5.8307020107095073e4),
    Reference(
        forward: 7.12e-06, strike: 0.0013744126742867746, deviation: 1.3856406460551018,
        call: 1.8941331760253119e-9, put: 1.3672945684199506e-3),
    Reference(
        forward: 97000.5, strike: 5479.347903780009, deviation: 3.4641016151377544,
        call: 9.5490283596662871e4, put: 3.9691315004428801e3),
    Reference(
        forward: 1.0, strike: 298797.84712992894, deviation: 8.660254037844386,
        call: 9.9689818430562396e-1, put: 2.9879784402811324e5),
    Reference(
        forward: 2500.0, strike: 2496.0691679447955, deviation: 0.0005234239225902137,
        call: 3.9313207252827128, put: 4.8867007819394711e-4),
    Reference(
        forward: 1.0, strike: 1.0043562236261576, deviation: 0.005234239225902137,
        call: 5.9742267284526235e-4, put: 4.9536462990028805e-3),
    Reference(
        forward: 1.0, strike: 0.9868938320232591, deviation: 0.01831983729065748,
        call: 1.5618892545565517e-2, put: 2.5127245688246045e-3),
    Reference(
        forward: 7.12e-06, strike: 6.7398694322243194e-06, deviation: 0.0418739138072171,
        call: 3.93048648710551e-7, put: 1.2918080934870845e-8),
    Reference(
        forward: 7.12e-06, strike: 1.1259164409559155e-05, deviation: 0.10468478451804274,
        call: 1.1744575821432921e-12, put: 4.1391655840167375e-6),
    Reference(
        forward: 7.12e-06, strike: 5.237842887993347e-06, deviation: 0.2617119612951068,
        call: 1.976353698809975e-6, put: 9.4196586803322608e-8),
    Reference(
        forward: 7.12e-06, strike: 7.108251846568036e-06, deviation: 0.0013848495294356286,
        call: 1.2309471014559681e-8, put: 5.613175825958474e-10),
    Reference(
        forward: 97000.5, strike: 96681.7841086329, deviation: 0.013848495294356286,
        call: 7.0941436582025577e2, put: 3.9069847445315478e2),
    Reference(
        forward: 7.12e-06, strike: 7.650142731682423e-06, deviation: 0.048469733530247,
        call: 1.0927059842769479e-8, put: 5.4106979152519292e-7),
    Reference(
        forward: 7.12e-06, strike: 5.490053702928074e-06, deviation: 0.11078796235485029,
        call: 1.6321544797160536e-6, put: 2.2081826441278158e-9),
    Reference(
        forward: 7.12e-06, strike: 1.5244468628253027e-06, deviation: 0.2769699058871257,
        call: 5.5955531391877189e-6, put: 2.0130219955805117e-15),
    Reference(
        forward: 1.0, strike: 1.07183463600634, deviation: 0.6924247647178143,
        call: 2.4597738476018403e-1, put: 3.1781202076652402e-1),
    Reference(
        forward: 2500.0, strike: 2569.6063908769447, deviation: 0.005,
        call: 4.3118914012045294e-8, put: 6.9606390920063629e1),
    Reference(
        forward: 7.12e-06, strike: 7.352304914046963e-06, deviation: 0.05,
        call: 5.6936305936533547e-8, put: 2.8924121998349657e-7),
    Reference(
        forward: 7.12e-06, strike: 3.544370999022783e-06, deviation: 0.175,
        call: 3.5756356613306487e-6, put: 6.6603534319780688e-12),
    Reference(
        forward: 2500.0, strike: 568.9733286713243, deviation: 0.4,
        call: 1.9310387902380751e3, put: 1.2118909399487423e-2),
    Reference(
        forward: 2500.0, strike: 10.405983376166798, deviation: 1.0,
        call: 2.489594017142921e3, put: 5.1908784177983681e-7),
    Reference(
        forward: 97000.5, strike: 11705499062.38737, deviation: 2.5,
        call: 1.1543849100495496e1, put: 1.1705402073431218e10),
    Reference(
        forward: 7.12e-06, strike: 6.552598157916655e-06, deviation: 0.017320508075688773,
        call: 5.6740186072900202e-7, put: 1.864565781873772e-14),
    Reference(
        forward: 97000.5, strike: 238416.98378192942, deviation: 0.17320508075688773,
        call: 4.9222532878667676e-4, put: 1.4141648427415475e5),
    Reference(
        forward: 97000.5, strike: 3338.7158053134544, deviation: 0.606217782649107,
        call: 9.366178421894115e4, put: 2.4254604509629997e-5),
    Reference(
        forward: 2500.0, strike: 2777.404975319211, deviation: 1.3856406460551018,
        call: 1.2145019699260142e3, put: 1.4919069452452253e3),
    Reference(
        forward: 7.12e-06, strike: 5.678225264636951e-08, deviation: 3.4641016151377544,
        call: 7.0928160314606662e-6, put: 2.9598284107036125e-8),
    Reference(
        forward: 7.12e-06, strike: 25502.403412664316, deviation: 8.660254037844386,
        call: 6.7767846223396301e-6, put: 2.5502403412321101e4),
]
