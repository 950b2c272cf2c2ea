#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spool/job/progress.h"
#include "spool/transport/message_content.h"

namespace majlis::spool {

struct OpenJob;

// RFC 5321 4.5.3.1.8: so many recipients in one transaction every server takes.
constexpr std::size_t kTakenByAll = 100;

// Recipients of one job that go out together, in one transaction.
struct Batch {
  OpenJob* job = nullptr;
  std::string job_id;
  std::string sender;
  std::shared_ptr<MessageContent> content;
  OwnWords words;        // of the recipient, where the letter is personal; the batch then has one
  bool is_verp = false;  // one sender for all: the peer makes each recipient's own of it (XVERP)
  std::vector<Target> targets;
};

// Of a personal letter.
inline Addressee addressee_of(const Batch& batch) {
  return {batch.targets.front().recipient->address, batch.words.name, batch.words.token};
}

// What its copy has at the points of ContentForm::file.
inline std::vector<std::string> file_values(const Batch& batch) {
  return batch.content->is_personal() ? values_at(batch.content->file_points(), addressee_of(batch), "\n")
                                      : std::vector<std::string>();
}

// Where a way of delivering (SMTP, maildir ...) gets its work and says what became of it.
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  // The next transaction; nullopt when nothing waits (what is given back may be had later).
  virtual std::optional<Batch> take() = 0;

  // Must be called before the point of no return with the outcomes so far; those still `accepted` are the ones a killed
  // run would not know about. Not ok: the transaction must not be completed.
  virtual Status intend(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) = 0;

  // What was intended and settled goes into the files: must be ok before anything that was intended is done. Cheap when
  // there is nothing new.
  virtual Status write_down() = 0;

  // One outcome per target. `untried` ones wait again.
  virtual void settle(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) = 0;

  // Puts progress on disk that has waited long enough. Milliseconds until this should be called again, -1 when nothing
  // waits.
  virtual int sync_overdue() = 0;

  // The peer does not make VERP senders (XVERP): from now on every copy is signed by itself.
  virtual void do_without_xverp() = 0;

  // The peer takes no more recipients in one transaction: from now on no batch has more (1 or more).
  virtual void limit_recipients(std::size_t most) = 0;

  // The run was told to end, and what was under way had its time: let go of it.
  virtual bool is_out_of_time() const = 0;

  // The relay is not usable: nothing more is handed out in this run.
  virtual void stop(const DeliveryStatus& why) = 0;
};

}  // namespace majlis::spool
