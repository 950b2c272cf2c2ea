#include "lists/site/list.h"

#include "base/file.h"
#include "lists/site/config/config_text.h"
#include "lists/site/directory.h"

namespace majlis::lists {
namespace {

Error first_problem(const std::string& path, const std::vector<ConfigProblem>& problems) {
  const ConfigProblem& first = problems.front();
  return Error{ErrorKind::misconfigured, "lists: " + path + ": line " + std::to_string(first.line) + ": " + first.what};
}

}  // namespace

Result<List> List::open(const Site& site, const ListName& name) {
  const std::string directory = site.list_directory(name);
  const std::string path = directory + "/config";
  Result<std::string> text = read_file(path, kMaxConfigOctets);
  if (!text) return text.error();
  ListConfig::Parsed parsed = ListConfig::parse(*text);
  if (!parsed.problems.empty()) return first_problem(path, parsed.problems);
  Result<ListPasswords> passwords = ListPasswords::load(directory);
  if (!passwords) return passwords.error();
  return List(name, directory, std::move(parsed.config), std::move(*passwords));
}

Result<List> List::open_for_replacement(const Site& site, const ListName& name) {
  Result<List> list = open(site, name);
  if (list || list.error().kind != ErrorKind::misconfigured) return list;
  List replaced = with_defaults(site, name);
  Result<ListPasswords> passwords = ListPasswords::load(replaced.directory());
  if (!passwords) return passwords.error();
  replaced.set_passwords(std::move(*passwords));
  return replaced;
}

std::string List::list_id() const {
  const std::string& chosen = config_.text(Setting::list_id);
  return chosen.empty() ? name_.name() + "." + name_.domain() : chosen;
}

std::string List::with_host(std::string_view written) const {
  if (written.empty() || written.find('@') != std::string_view::npos) return std::string(written);
  const std::string& host = config_.text(Setting::resend_host);
  return std::string(written) + "@" + (host.empty() ? name_.domain() : host);
}

std::vector<mail::Address> List::owners() const { return config_.addresses(Setting::owner); }

std::vector<mail::Address> List::moderators() const {
  const auto one = mail::Address::parse(with_host(config_.text(Setting::moderator)));
  if (one && !belongs_to(name_, *one)) return {*one};
  std::vector<mail::Address> several = config_.addresses(Setting::moderators);
  return several.empty() ? owners() : several;
}

}  // namespace majlis::lists
