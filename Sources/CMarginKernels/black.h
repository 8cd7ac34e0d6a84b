// Black-76 over a vector of evaluations, included once per variant.

// Strike, its reciprocal, +1 or −1 for call or put, and whether some standard deviation may be nil.
typedef struct {
    mk_vector strike, inverse_strike, sign;
    int may_be_nil;
} MK(terms);

// Standard deviations σ√τ with what follows from them.
typedef struct {
    mk_vector deviation, reciprocal, half;
} MK(width);

MK_INLINE MK(width) MK(width_of)(mk_vector deviation) {
    // A nil lane takes any positive number for its reciprocal; its value is the intrinsic one anyway.
    mk_vector safe = deviation > 1e-12 ? deviation : 1.0;
    MK(width) width = {deviation, 1.0 / safe, 0.5 * deviation};
    return width;
}

// Undiscounted values, and N(±d₁).
MK_INLINE mk_vector MK(black)(MK(terms) option, mk_vector forward, mk_vector log_moneyness, MK(width) width,
                              mk_vector *exercise) {
    mk_vector d1 = MK(fused)(log_moneyness, width.reciprocal, width.half);
    mk_vector d2 = d1 - width.deviation;
    // φ(d₂) = φ(d₁)·F/K: one exponential serves both tails, and the two errors cancel where they meet.
    mk_vector e1 = MK(exponential)((d1 * d1) * -0.5);
    mk_vector e2 = e1 * (forward * option.inverse_strike);
    mk_vector p1, q1, p2, q2;
    MK(tail)(MK(magnitude)(d1), &p1, &q1);
    MK(tail)(MK(magnitude)(d2), &p2, &q2);
    mk_vector inverse = 1.0 / (q1 * q2);
    mk_vector t1 = (e1 * p1) * (q2 * inverse);
    mk_vector t2 = (e2 * p2) * (q1 * inverse);
    mk_vector n1 = option.sign * d1 > 0.0 ? 1.0 - t1 : t1;
    mk_vector n2 = option.sign * d2 > 0.0 ? 1.0 - t2 : t2;
    mk_vector value = option.sign * MK(fused)(forward, n1, -(option.strike * n2));
    if (option.may_be_nil) {
        mk_vector intrinsic = option.sign * (forward - option.strike);
        value = width.deviation > 1e-12 ? value : intrinsic;
        n1 = width.deviation > 1e-12 ? n1 : (intrinsic > 0.0 ? (mk_vector)1.0 : (mk_vector)0.0);
    }
    *exercise = n1;
    return MK(larger)(value, (mk_vector)0.0);
}
