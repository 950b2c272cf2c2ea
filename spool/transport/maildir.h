#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "spool/transport/batch.h"
#include "spool/transport/copy.h"
#include "spool/transport/message_content.h"

namespace majlis::spool {

// DIR/ADDRESS may be made: one visible path component.
bool is_maildir_name(std::string_view address);

// Puts one copy into directory/address/{tmp,new,cur}, durable when it returns ok. The file's name comes from `job_id`:
// a second delivery of the same job to the same address finds the first one, in new/ or cur/, and does nothing.
Status deliver_to_maildir(const std::string& directory, std::string_view address, std::string_view sender,
                          std::string_view job_id, const Copy& copy);

// All of `work`, one recipient after the other.
void deliver_by_maildir(const std::string& directory, BatchSource& work);

}  // namespace majlis::spool
