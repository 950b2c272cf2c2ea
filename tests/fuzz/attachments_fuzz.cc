// Whatever message comes: what is left when everything that a policy finds is taken out holds nothing that it would
// find.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

#include "lists/posts/content/removal.h"

using namespace majlis;

namespace {

std::string note_of(const lists::ContentFinding& finding) {
  return "[Removed: " + lists::in_english({finding.why}) + "]";
}

void check(const lists::AttachmentPolicy& policy, const mail::Message& message) {
  const lists::ContentFindings before = lists::examine_attachments(policy, message);
  if (message.scan().is_ambiguous() || before.is_closed || before.is_unclear) return;  // held
  mail::Edit edit(message);
  lists::remove_found(message, before, note_of, edit);
  const std::string bytes = edit.apply().bytes;
  assert(lists::examine_attachments(policy, mail::Message::open(bytes)).found.empty());
  assert(!before.found.empty() || bytes == message.bytes());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const mail::Message message = mail::Message::open(std::string(reinterpret_cast<const char*>(data), size));
  const mail::FileEndings names("exe, js, docm, bat, lnk, sh");
  check({lists::read_permitted_types("no"), {}}, message);
  check({lists::read_permitted_types("yes"), names}, message);
  check({lists::read_permitted_types("image/*, application/pdf, application/zip, text/plain"), names}, message);
  return 0;
}
