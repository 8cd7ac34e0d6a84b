// Black-76 over several vectors at once, included once per variant.

// What one vector of evaluations needs: forwards, ln(F/K), and σ√τ with what follows from it.
typedef struct {
    mk_vector forward, log_moneyness, deviation, reciprocal, half;
} MK(job);

// Strike, its reciprocal and +1 or −1 for call or put.
typedef struct {
    double strike, inverse_strike, sign;
} MK(terms);

// Fills in a standard deviation; an expired lane takes any positive number for its reciprocal.
MK_INLINE void MK(widen)(MK(job) *job, mk_vector deviation) {
    mk_vector safe = deviation > 1e-12 ? deviation : 1.0;
    job->deviation = deviation;
    job->reciprocal = 1.0 / safe;
    job->half = 0.5 * deviation;
}

// Undiscounted Black-76 values of MK_TOGETHER vectors, and N(±d₁) of the first.
//
// One vector is a chain of dependent operations four times as long as its work; so several go through every step
// side by side; MK_EACH is a loop over them.
MK_INLINE mk_vector MK(black)(MK(terms) option, const MK(job) *job, mk_vector *value) {
    mk_vector d1[MK_TOGETHER], d2[MK_TOGETHER], e1[MK_TOGETHER], z1[MK_TOGETHER], z2[MK_TOGETHER];
    mk_vector p1[MK_TOGETHER], q1[MK_TOGETHER], p2[MK_TOGETHER], q2[MK_TOGETHER];
    MK_EACH d1[k] = job[k].log_moneyness * job[k].reciprocal + job[k].half;
    MK_EACH d2[k] = d1[k] - job[k].deviation;
    MK_EACH e1[k] = (d1[k] * d1[k]) * -0.5;
    MK(exponentials)(e1);
    MK_EACH z1[k] = MK(magnitude)(d1[k]);
    MK_EACH z2[k] = MK(magnitude)(d2[k]);
    MK(tails)(z1, p1, q1);
    MK(tails)(z2, p2, q2);
    mk_vector first = 0.0;
    MK_EACH {
        // φ(d₂) = φ(d₁)·F/K: one exponential serves both tails, and the two errors cancel where they meet.
        mk_vector forward = job[k].forward;
        mk_vector e2 = e1[k] * (forward * option.inverse_strike);
        mk_vector inverse = 1.0 / (q1[k] * q2[k]);
        mk_vector t1 = (e1[k] * p1[k]) * (q2[k] * inverse);
        mk_vector t2 = (e2 * p2[k]) * (q1[k] * inverse);
        mk_vector n1 = option.sign * d1[k] > 0.0 ? 1.0 - t1 : t1;
        mk_vector n2 = option.sign * d2[k] > 0.0 ? 1.0 - t2 : t2;
        mk_vector amount = option.sign * (forward * n1 - option.strike * n2);
        mk_vector intrinsic = option.sign * (forward - option.strike);
        amount = job[k].deviation > 1e-12 ? amount : intrinsic;
        value[k] = amount > 0.0 ? amount : 0.0;
        if (k == 0) {
            mk_vector decided = intrinsic > 0.0 ? (mk_vector)1.0 : (mk_vector)0.0;
            first = job[k].deviation > 1e-12 ? n1 : decided;
        }
    }
    return first;
}
