#include "spool/smtp/smtp_client.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <vector>

#include "spool/smtp/smtp_connection.h"

namespace majlis::spool {
namespace {

constexpr unsigned kMaxConnections = 64;
constexpr unsigned kMaxLossesInARow = 3;  // of one slot, without an answer to any message in between
constexpr int kLongestPollMs = 1'000;     // a signal that comes just before poll(2) is seen by then

// The connections of one run. A slot whose connections keep failing is retired; when none is left the relay is given
// up.
class Pool {
 public:
  Pool(RelayPlan plan, BatchSource& work) : plan_(std::move(plan)), work_(work) {
    slots_.resize(std::clamp(plan_.options.connections, 1U, kMaxConnections));
  }

  void run() {
    for (;;) {
      feed();
      if (!is_busy()) break;
      wait();
    }
    say_goodbye();
  }

 private:
  struct Slot {
    std::unique_ptr<SmtpConnection> connection;
    unsigned losses = 0;
    bool is_retired = false;
  };

  void feed() {
    bool is_more = true;
    for (Slot& slot : slots_) {
      reap(slot);
      if (slot.is_retired) continue;
      if (slot.connection) {
        slot.connection->session().continue_work();
      } else if (is_more) {
        std::optional<Batch> first = work_.take();
        is_more = first.has_value();
        if (first) slot.connection = std::make_unique<SmtpConnection>(work_, plan_, std::move(*first));
      }
      if (slot.connection) slot.connection->send_pending();
      reap(slot);
    }
    const bool none_left = std::all_of(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.is_retired; });
    if (none_left) work_.stop(last_reason_);
  }

  // Forgets a connection that is over. One that never came to work, or a row of lost ones, retires its slot, unless the
  // next one will know better.
  void reap(Slot& slot) {
    if (!slot.connection || !slot.connection->session().is_over()) return;
    const SmtpSession& session = slot.connection->session();
    last_reason_ = session.reason();
    if (session.may_try_otherwise()) return slot.connection.reset();
    slot.losses = session.had_answers() ? 1 : slot.losses + 1;
    slot.is_retired = session.never_opened() || slot.losses >= kMaxLossesInARow;
    slot.connection.reset();
  }

  bool is_busy() const {
    return std::any_of(slots_.begin(), slots_.end(),
                       [](const Slot& slot) { return slot.connection && !slot.connection->session().is_idle(); });
  }

  void wait() {
    const int sync_ms = work_.sync_overdue();
    std::vector<pollfd> polls;
    std::vector<SmtpConnection*> polled;
    int timeout_ms = sync_ms < 0 ? kLongestPollMs : std::min(sync_ms, kLongestPollMs);
    const Moment before = std::chrono::steady_clock::now();
    for (Slot& slot : slots_) {
      if (!slot.connection || slot.connection->session().is_over()) continue;
      polls.push_back({slot.connection->fd(), slot.connection->wanted_events(), 0});
      polled.push_back(slot.connection.get());
      if (slot.connection->session().is_idle()) continue;
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(slot.connection->deadline() - before);
      timeout_ms = std::clamp(static_cast<int>(left.count()) + 1, 0, timeout_ms);
    }
    if (poll(polls.data(), polls.size(), timeout_ms) < 0 && errno != EINTR) return;
    const Moment now = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < polls.size(); ++i) {
      polled[i]->handle(polls[i].revents);
      if (!polled[i]->session().is_idle()) polled[i]->check_deadline(now);
      if (work_.is_out_of_time()) polled[i]->session().lost({"4.3.2", "the run was told to end"});
    }
  }

  void say_goodbye() {
    for (Slot& slot : slots_) {
      if (!slot.connection || !slot.connection->session().is_idle()) continue;
      slot.connection->session().quit();
      slot.connection->send_pending();
    }
    const auto is_open = [](const Slot& slot) { return slot.connection && !slot.connection->session().is_over(); };
    while (std::any_of(slots_.begin(), slots_.end(), is_open)) wait();
  }

  RelayPlan plan_;
  BatchSource& work_;
  std::vector<Slot> slots_;
  DeliveryStatus last_reason_;
};

}  // namespace

void deliver_by_smtp(const RelayOptions& options, BatchSource& work) {
  RelayPlan plan{options, {}, {}, {}};
  Result<std::vector<Endpoint>> endpoints = find_endpoints(options.relay);
  if (!endpoints) return work.stop({"4.4.1", endpoints.error().what});
  plan.endpoints = std::move(*endpoints);
  Pool(std::move(plan), work).run();
}

}  // namespace majlis::spool
