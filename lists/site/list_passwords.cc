#include "lists/site/list_passwords.h"

#include <algorithm>
#include <array>

#include "auth/password.h"
#include "base/file.h"
#include "base/text.h"
#include "lists/site/list_name.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxFileOctets = 4096;
constexpr std::string_view kHeading = "# Argon2id hashes of the list's passwords; set them with 'majlis passwd'.\n";

constexpr std::array<std::string_view, 2> kSamples = {"admin.password", "approve.password"};  // TR08-003, Appendix A

std::string path_in(const std::string& directory) { return directory + "/passwords"; }

// nullptr for a line that is not "admin = HASH" or "approve = HASH" (HASH may be missing), or says it twice.
std::string* slot_for(std::string_view name, ListPasswords& passwords) {
  std::string* slot = nullptr;
  if (name == "admin") slot = &passwords.admin;
  if (name == "approve") slot = &passwords.approve;
  return slot != nullptr && slot->empty() ? slot : nullptr;
}

bool read_line(std::string_view line, ListPasswords& passwords) {
  const std::string_view content = trim(line);
  if (content.empty() || content.front() == '#') return true;
  const std::size_t equals = content.find('=');
  if (equals == std::string_view::npos) return false;
  std::string* slot = slot_for(trim(content.substr(0, equals)), passwords);
  const std::string_view hash = trim(content.substr(equals + 1));
  if (slot == nullptr || (!hash.empty() && !auth::is_password_hash(hash))) return false;
  *slot = hash;
  return true;
}

}  // namespace

bool is_predictable_password(std::string_view list_name, std::string_view password) {
  if (equals_ignoring_case(password, list_name)) return true;
  const std::string lower = to_lower_ascii(password);
  if (std::find(kSamples.begin(), kSamples.end(), lower) != kSamples.end()) return true;
  const std::string_view former_name = std::string_view(lower).substr(0, lower.rfind('.'));
  return (lower.ends_with(".admin") || lower.ends_with(".pass")) && ListName::parse(former_name, "example.org");
}

Result<ListPasswords> ListPasswords::load(const std::string& list_directory) {
  const std::string path = path_in(list_directory);
  Result<std::string> text = read_file(path, kMaxFileOctets);
  if (!text && text.error().kind == ErrorKind::missing) return ListPasswords{};
  if (!text) return text.error();
  ListPasswords passwords;
  std::size_t number = 0;
  std::string_view rest = *text;
  while (const std::optional<std::string_view> line = next_line(rest)) {
    ++number;
    if (!read_line(*line, passwords)) {
      return Error{ErrorKind::damaged,
                   "lists: " + path + ": line " + std::to_string(number) + ": not 'admin' or 'approve' with a hash"};
    }
  }
  return passwords;
}

std::string ListPasswords::write() const {
  return std::string(kHeading) + "admin = " + admin + "\napprove = " + approve + "\n";
}

}  // namespace majlis::lists
