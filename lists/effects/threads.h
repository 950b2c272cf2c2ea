#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list.h"
#include "mail/message.h"
#include "store/database.h"

namespace majlis::lists {

// When the threads of a list began (thread_days). Kept by Message-ID for each post that is sent while the setting says
// so, and forgotten thread_days and a year later.

// What the store knows of a message: digests of Message-IDs. Pure.
struct ThreadPlace {
  std::string own;                    // "" without one
  std::vector<std::string> answered;  // those in In-Reply-To and References: the first, and the last ones
};
ThreadPlace thread_place(const mail::Message& message);
std::string thread_digest(std::string_view message_id);

// When the oldest of these was, or its thread began; nullopt: none of them is known.
Result<std::optional<UnixTime>> thread_begin(const store::View& state, const List& list,
                                             const std::vector<std::string>& digests);

// A post is sent: under each of `ids` it belongs to the thread it answers, or begins one.
Status keep_thread(store::Writer& state, const List& list, const std::vector<std::string>& ids,
                   const std::vector<std::string>& answered, UnixTime now);

}  // namespace majlis::lists
