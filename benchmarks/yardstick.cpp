// SPDX-FileCopyrightText: The Maatwerkbank contributors
// SPDX-License-Identifier: EUPL-1.2
//
// How fast can this machine value projects at all?  The core arithmetic by hand, and its limits.
//
// Takes     arrays of doubles, C-contiguous; their axes stand at each function.
// Gives     net present values [eur]; speeds per second of what the probes count.
// Leaves    everything but the core: IRR, subsidy, levy set-off. yardsticks.py builds and calls it.
//
// One year of one project under one draw costs 26 operations in the leanest form that we know:
//
//     13 multiply-adds       7 for the prices, 1 for the room, 5 for the present value
//      7 smaller or larger   4 where a result meets room and stock, 1 for back, 2 for brackets
//      6 plus or minus       1 for a loss, 2 for what is left, 1 for back, 2 for what is taxed
//
// The law as it is written takes some five more; they are not counted. The bound is the speed of
// these 26, as measured on numbers that stay in registers (`mix_of_a_year`). Loads, stores, waiting
// and whatever the kernel does besides are not in it, so no kernel reaches it. The peak of
// multiply-adds says less: a minimum takes a place there and counts for half, and where plus and
// minus have units of their own it is no bound at all.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#if defined(__AVX512F__)
constexpr int lanes = 8;
#elif defined(__AVX__)
constexpr int lanes = 4;
#else
constexpr int lanes = 2;
#endif

#if defined(__x86_64__)
#define KEEP(value) asm volatile("" : "+x"(value))  // it must exist here, in a register
#elif defined(__aarch64__)
#define KEEP(value) asm volatile("" : "+w"(value))
#else
#define KEEP(value) asm volatile("" : "+m"(value))
#endif

#define INLINE __attribute__((always_inline)) inline

using Vector = double __attribute__((vector_size(lanes * sizeof(double))));

constexpr int n_prices = 7;
constexpr int width = 128;            // draws side by side in the price array
constexpr int groups_together = 4;    // of draws, of which profit comes first and then the tax
constexpr int projects_together = 4;  // they read the prices of a year while these are near
constexpr int projects_per_task = 16, blocks_per_task = 8;

static INLINE Vector all(double value) { return value - Vector{}; }
static INLINE Vector lesser(Vector a, Vector b) { return a < b ? a : b; }
static INLINE Vector greater(Vector a, Vector b) { return a > b ? a : b; }

// --- some draws at once: two vectors, for while one is waited for the other can go on ------------

struct Draws {
    static constexpr int n_vectors = 2, count = n_vectors * lanes;
    Vector part[n_vectors];

    template <typename Do>
    static INLINE Draws each(Do value) {
        Draws made;
#pragma GCC unroll 8
        for (int i = 0; i < n_vectors; i++) made.part[i] = value(i);
        return made;
    }
    static INLINE Draws of(double value) {
        return each([&](int) { return all(value); });
    }
    static INLINE Draws from(const double *at) {
        return each([&](int i) {
            Vector read;
            std::memcpy(&read, at + i * lanes, sizeof read);
            return read;
        });
    }
    INLINE void to(double *at) const {
#pragma GCC unroll 8
        for (int i = 0; i < n_vectors; i++) std::memcpy(at + i * lanes, &part[i], sizeof part[i]);
    }
};

static INLINE Draws operator+(const Draws &a, const Draws &b) {
    return Draws::each([&](int i) { return a.part[i] + b.part[i]; });
}
static INLINE Draws operator-(const Draws &a, const Draws &b) {
    return Draws::each([&](int i) { return a.part[i] - b.part[i]; });
}
static INLINE Draws operator*(double a, const Draws &b) {
    return Draws::each([&](int i) { return all(a) * b.part[i]; });
}
static INLINE Draws lesser(const Draws &a, const Draws &b) {
    return Draws::each([&](int i) { return lesser(a.part[i], b.part[i]); });
}
static INLINE Draws lesser(const Draws &a, Vector b) {
    return Draws::each([&](int i) { return lesser(a.part[i], b); });
}
static INLINE Draws greater(const Draws &a, Vector b) {
    return Draws::each([&](int i) { return greater(a.part[i], b); });
}

// --- the core -----------------------------------------------------------------------------------

// What a project brings to a year. The discount factor is in the tax rates already, and the tax on
// the bracket is split: what stays paid, and what comes back a year later when a loss goes back.
struct ProjectYear {
    double quantity[n_prices], constant;
    double of_profit, of_first, of_bracket, of_back, of_after;
};

// What all projects share in a year. Of a gain, `fraction * gain + free_part` may be set off, and
// no more than the gain: the same as the law's limit plus a fraction of the rest (0 to 1).
struct TaxYear {
    double fraction, free_part, bracket, bracket_before;
};

// Where a project stands under each draw. One number holds both the stock of losses and the room
// that was left in the year before, as its negative: room is left only once the stock is empty.
struct State {
    alignas(64) double stock_or_room[width], first_before[width], npv[width];
};

// The tax of one year: what is paid or comes back, into the present value.
static INLINE void tax_of_year(const ProjectYear &own, const TaxYear &tax, const Draws &profit,
                               double *stock_or_room, double *first_before, double *npv,
                               Vector zero) {
    const Draws minus_loss = lesser(profit, zero);
    const Draws stock = greater(Draws::from(stock_or_room) - minus_loss, zero);
    const Draws room = lesser(profit, tax.fraction * profit + Draws::of(tax.free_part));
    (stock - (room - minus_loss)).to(stock_or_room);

    const Draws minus_back = lesser(minus_loss + stock, zero);
    const Draws after = lesser(Draws::from(first_before) + minus_back, all(tax.bracket_before));
    const Draws refunded = Draws::from(npv) + own.of_back * minus_back + own.of_after * after;

    const Draws first = profit - lesser(stock, room);  // 0 in a loss: there the room is the profit
    const Draws below = lesser(first, all(tax.bracket));
    const Draws earned = own.of_profit * profit + own.of_first * first + own.of_bracket * below;
    first.to(first_before);
    (earned + refunded).to(npv);  // two short sums: one long one is waited for
}

static_assert(width % (groups_together * Draws::count) == 0);

static INLINE void one_year(const ProjectYear &own, const TaxYear &tax, const double *prices,
                            State &state, Vector zero) {
    for (int start = 0; start < width; start += groups_together * Draws::count) {
        Draws profit[groups_together];
#pragma GCC unroll 8
        for (int k = 0; k < n_prices; k++)
#pragma GCC unroll 8
            for (int g = 0; g < groups_together; g++) {
                const Draws price = Draws::from(prices + k * width + start + g * Draws::count);
                profit[g] = own.quantity[k] * price + (k ? profit[g] : Draws::of(own.constant));
            }
#pragma GCC unroll 8
        for (int g = 0; g < groups_together; g++) {
            const int at = start + g * Draws::count;
            tax_of_year(own, tax, profit[g], state.stock_or_room + at, state.first_before + at,
                        state.npv + at, zero);
        }
    }
}

extern "C" {

// Net present value of the projects `first_project` up to `end_project`, under all draws.
//
//     x (project, year, 7)  constant, beside, discount (project, year)  y (block, year, 7, 128)
//     tax (year, 5): high rate, low rate, bracket, threshold, fraction     npv (project, draw)
//
// Threads share nothing but the next task, so their number doesn't change a bit of the result.
void net_present_values(std::int64_t n_years, std::int64_t n_blocks, std::int64_t first_project,
                        std::int64_t end_project, const double *x, const double *constant,
                        const double *beside, const double *discount, const double *y,
                        const double *tax, double *npv, int n_threads) {
    std::vector<TaxYear> taxes;
    for (std::int64_t t = 0; t < n_years; t++) {
        const double *now = tax + t * 5;
        taxes.push_back({now[4], (1.0 - now[4]) * now[3], now[2], t ? now[-3] : 0.0});
    }

    const auto prepare = [&](std::int64_t project, ProjectYear *years) {
        double fixed = 0.0;
        for (std::int64_t t = 0; t < n_years; t++, years++) {
            const std::int64_t at = project * n_years + t;
            const double *now = tax + t * 5, *before = t ? now - 5 : now, *factor = discount + at;
            const double next_factor = t + 1 < n_years ? factor[1] : 0.0;
            const bool is_later = t > 0;
            std::copy_n(x + at * n_prices, n_prices, years->quantity);
            years->constant = constant[at];
            years->of_profit = factor[0];
            years->of_first = -now[0] * factor[0];
            years->of_bracket = (now[0] - now[1]) * (factor[0] - next_factor);
            years->of_back = is_later ? -before[0] * factor[0] : 0.0;
            years->of_after = is_later ? (before[0] - before[1]) * factor[0] : 0.0;
            fixed += beside[at] * factor[0];
        }
        return fixed;
    };

    const std::int64_t per_row = (n_blocks + blocks_per_task - 1) / blocks_per_task;
    const std::int64_t n_tasks =
        (end_project - first_project + projects_per_task - 1) / projects_per_task * per_row;
    std::atomic<std::int64_t> next_task{0};

    const auto work = [&]() {
        std::vector<ProjectYear> years(projects_per_task * n_years);
        double fixed[projects_per_task];
        State states[projects_together];
        volatile double unknown_zero = 0.0;  // or gcc makes two operations of a smaller-than-zero
        const Vector zero = all(unknown_zero);

        const auto value = [&](std::int64_t project, int p, int together, std::int64_t block) {
            for (int i = 0; i < together; i++) {
                states[i] = State{};
                std::fill_n(states[i].npv, width, fixed[p + i]);
            }
            for (std::int64_t t = 0; t < n_years; t++)
                for (int i = 0; i < together; i++)
                    one_year(years[(p + i) * n_years + t], taxes[t],
                             y + (block * n_years + t) * n_prices * width, states[i], zero);
            for (int i = 0; i < together; i++)
                std::copy_n(states[i].npv, width, npv + ((project + i) * n_blocks + block) * width);
        };

        for (std::int64_t task; (task = next_task++) < n_tasks;) {
            const std::int64_t from = first_project + task / per_row * projects_per_task;
            const int count = std::min<std::int64_t>(projects_per_task, end_project - from);
            for (int p = 0; p < count; p++) fixed[p] = prepare(from + p, &years[p * n_years]);
            const std::int64_t first_block = task % per_row * blocks_per_task;
            const std::int64_t end_block = std::min(n_blocks, first_block + blocks_per_task);
            for (std::int64_t block = first_block; block < end_block; block++)
                for (int p = 0; p < count; p += projects_together)
                    value(from + p, p, std::min(projects_together, count - p), block);
        }
    };
    std::vector<std::thread> others;
    for (int i = 1; i < n_threads; i++) others.emplace_back(work);
    work();
    for (auto &other : others) other.join();
}

}  // extern "C"

// --- what the machine can do -------------------------------------------------------------------

// Seconds in which every thread does its share.
template <typename Do>
static double seconds(int n_threads, Do share) {
    std::atomic<int> n_ready{0};
    const auto start_together = [&](int thread) {
        n_ready++;
        while (n_ready < n_threads) {
        }
        share(thread);
    };
    std::vector<std::thread> others;
    for (int i = 1; i < n_threads; i++) others.emplace_back(start_together, i);
    while (n_ready < n_threads - 1) {
    }
    const auto start = std::chrono::steady_clock::now();
    start_together(0);
    for (auto &other : others) other.join();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

constexpr int n_chains = 13;  // enough to keep every unit busy, and all in registers

// Functions of their own, or gcc keeps the chains in memory.
static __attribute__((noinline)) void turn_multiply_adds(std::int64_t n_rounds) {
    Vector chain[n_chains], factor = all(0.999999), term = all(1e-9);
    KEEP(factor);
    KEEP(term);
#pragma GCC unroll 16
    for (auto &value : chain) {
        value = all(1.0);
        KEEP(value);
    }
    for (std::int64_t round = 0; round < n_rounds; round++) {
#pragma GCC unroll 16
        for (auto &value : chain) {
            value = value * factor + term;
            KEEP(value);
        }
    }
}

static __attribute__((noinline)) void turn_mixes(std::int64_t n_rounds) {
    Vector chain[n_chains], factor = all(0.999999), term = all(1e-9);
    KEEP(factor);
    KEEP(term);
#pragma GCC unroll 16
    for (auto &value : chain) {
        value = all(1.0);
        KEEP(value);
    }
    for (std::int64_t round = 0; round < n_rounds; round++) {
#pragma GCC unroll 32
        for (int step = 0; step < 26; step++) {
            auto &value = chain[step % n_chains];
            if (step % 2 == 0) value = value * factor + term;  // 13 times
            if (step % 4 == 1) value = lesser(value, factor);  // 7 times
            if (step % 4 == 3) value = value + term;           // 6 times
            KEEP(value);
        }
    }
}

extern "C" {

// Floating-point operations per second when all are multiply-adds, which count for two.
double multiply_adds(int n_threads, std::int64_t n_rounds) {
    const double taken = seconds(n_threads, [&](int) { turn_multiply_adds(n_rounds); });
    return 2.0 * n_chains * lanes * n_threads * n_rounds / taken;
}

// Years of a project under a draw per second, when their 26 operations need nothing else.
double mix_of_a_year(int n_threads, std::int64_t n_rounds) {
    const double taken = seconds(n_threads, [&](int) { turn_mixes(n_rounds); });
    return double(lanes) * n_threads * n_rounds / taken;
}

// Bytes per second of a = b + 3 c over arrays of `n` doubles a thread: two read and one written.
double triad(int n_threads, std::int64_t n, std::int64_t n_rounds) {
    std::vector<std::vector<double>> a(n_threads), b(n_threads), c(n_threads);
    seconds(n_threads, [&](int thread) {
        a[thread].assign(n, 0.0);
        b[thread].assign(n, 1.0);
        c[thread].assign(n, 2.0);
    });
    const double taken = seconds(n_threads, [&](int thread) {
        double *to = a[thread].data();
        const double *one = b[thread].data(), *other = c[thread].data();
        for (std::int64_t round = 0; round < n_rounds; round++) {
#pragma GCC ivdep
            for (std::int64_t i = 0; i < n; i++) to[i] = one[i] + 3.0 * other[i];
            asm volatile("" : : "r"(to) : "memory");
        }
    });
    return 3.0 * sizeof(double) * n * n_threads * n_rounds / taken;
}

}  // extern "C"
